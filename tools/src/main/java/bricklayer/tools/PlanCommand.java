package bricklayer.tools;

import bricklayer.api.PlanInfo;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description = "What --dry-run showed.",
        subcommands = {PlanCommand.Show.class, PlanCommand.Execute.class})
final class PlanCommand extends Group {

    @Command(name = "show", description = "Shows a plan again.")
    static final class Show extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The plan's id.")
        private String id = "";

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            PlanInfo plan = client.plan(id);
            show(output, plan, () -> printText(PlanText.of(plan, true)));
        }
    }

    @Command(
            name = "execute",
            description =
                    "Does what a plan says, if nothing it depends on has changed. A second time does nothing more.")
    static final class Execute extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The plan's id.")
        private String id = "";

        @Override
        boolean canBePlanned() {
            return false;
        }

        @Override
        void run(BricklayerClient client) {
            String kind = client.plan(id).kind();
            client.carryOut(id)
                    .ifPresentOrElse(path -> say("Done: %s, see %s", kind, path), () -> say("Done: %s", kind));
        }
    }
}
