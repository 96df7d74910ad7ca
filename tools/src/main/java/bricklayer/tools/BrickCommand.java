package bricklayer.tools;

import bricklayer.api.BrickEvictRequest;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "brick",
        description = "Bricks: the parts of volumes that lie on devices.",
        subcommands = BrickCommand.Evict.class)
final class BrickCommand extends Group {

    @Command(name = "evict", description = "Replaces a brick by a new one on another device, with its data.")
    static final class Evict extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The brick's id.")
        private String id = "";

        @Mixin
        private final HealCheck healCheck = new HealCheck();

        @Override
        void run(BricklayerClient client) {
            String brick = names(client).brick(id);
            client.evictBrick(brick, new BrickEvictRequest(healCheck.wanted(this)));
            say("Brick %s evicted", brick);
        }
    }
}
