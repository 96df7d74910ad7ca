package bricklayer.tools;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BlockVolumeList;
import bricklayer.client.BricklayerClient;
import bricklayer.client.NotFound;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "blockvolume",
        description = "Block volumes: disks for one reader and writer at a time, reached by iSCSI.",
        subcommands = {
            BlockVolumeCommand.Create.class,
            BlockVolumeCommand.Info.class,
            BlockVolumeCommand.Listing.class,
            BlockVolumeCommand.Expand.class,
            BlockVolumeCommand.Delete.class
        })
final class BlockVolumeCommand extends Group {

    @Command(name = "create", description = "Creates a block volume on a volume that hosts such.")
    static final class Create extends ClientCommand {

        @Option(names = "--size", required = true, paramLabel = "GIB", description = "Size in GiB.")
        private long size;

        @Option(names = "--name", defaultValue = "", description = "Default: blockvol_ and its id.")
        private String name = "";

        @Option(
                names = "--ha",
                defaultValue = "0",
                paramLabel = "N",
                description = "On how many hosts it can be reached; default 0, all.")
        private int hosts;

        @Option(
                names = "--auth",
                arity = "0..1",
                defaultValue = "false",
                fallbackValue = "true",
                description = "Ask initiators for a user name and password.")
        private boolean auth;

        @Option(
                names = "--clusters",
                split = ",",
                paramLabel = "ID",
                description = "Clusters to choose from; default all.")
        private List<String> clusters = new ArrayList<>();

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            if (hosts < 0) {
                throw misuse("Invalid HA count");
            }
            show(this, json, client.createBlockVolume(new BlockVolumeCreateRequest(size, clusters, name, hosts, auth)));
        }
    }

    @Command(name = "info", description = "Shows a block volume.")
    static final class Info extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The block volume's id.")
        private String id = "";

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            show(this, json, client.blockVolume(id));
        }
    }

    @Command(name = "list", description = "Lists the block volumes.")
    static final class Listing extends ClientCommand {

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            List<String> ids = client.blockVolumes();
            if (json.wanted(this)) {
                printJson(new BlockVolumeList(ids));
                return;
            }
            ids.forEach(id -> show(client, id));
        }

        private void show(BricklayerClient client, String id) {
            BlockVolumeInfo volume;
            try {
                volume = client.blockVolume(id);
            } catch (NotFound deletedMeanwhile) {
                return;
            }
            say("Id:%-35s Cluster:%-35s Name:%s", volume.id(), volume.cluster(), volume.name());
        }
    }

    @Command(name = "expand", description = "Makes a block volume larger.")
    static final class Expand extends ClientCommand {

        @Parameters(paramLabel = "ID", arity = "0..1", description = "The block volume's id.")
        private @Nullable String id;

        @Option(names = "--blockvolume", paramLabel = "ID", description = "The block volume's id.")
        private @Nullable String blockVolume;

        @Option(names = "--new-size", required = true, paramLabel = "GIB", description = "Its size then, in GiB.")
        private long total;

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            String which = id == null ? blockVolume : id;
            if (which == null) {
                throw misuse("Missing block volume id");
            }
            show(this, json, client.expandBlockVolume(which, total));
        }
    }

    @Command(name = "delete", description = "Deletes a block volume and its data.")
    static final class Delete extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The block volume's id.")
        private String id = "";

        @Override
        void run(BricklayerClient client) {
            client.deleteBlockVolume(id);
            say("Volume %s deleted", id);
        }
    }

    private static void show(ClientCommand command, Json json, BlockVolumeInfo volume) {
        if (json.wanted(command)) {
            command.printJson(volume);
        } else {
            Texts.blockVolume(command.out(), volume);
        }
    }
}
