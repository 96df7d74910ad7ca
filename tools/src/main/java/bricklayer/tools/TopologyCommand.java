package bricklayer.tools;

import bricklayer.api.TopologyInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.TopologyLoad;
import bricklayer.client.TopologyStep;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "topology",
        description = "All clusters with their nodes and devices.",
        subcommands = {TopologyCommand.Info.class, TopologyCommand.Load.class, TopologyApply.class, TopologyExport.class
        })
final class TopologyCommand extends Group {

    @Command(name = "info", description = "Shows all clusters with their volumes, nodes, devices and bricks.")
    static final class Info extends ClientCommand {

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            TopologyInfo topology = client.topology();
            show(output, topology, () -> printText(TopologyText.of(topology)));
        }
    }

    @Command(
            name = "load",
            description = {
                "Adds the clusters, nodes and devices of a file that are not there yet.",
                "What is there already stays as it is. Ends with status 1 when something was refused."
            },
            footerHeading = Examples.HEADING,
            footer = Examples.TOPOLOGY)
    static final class Load extends ClientCommand {

        @Parameters(paramLabel = "FILE", arity = "0..1", description = "What there should be, as JSON.")
        private @Nullable Path file;

        @Option(
                names = {"-j", "--json"},
                paramLabel = "FILE",
                description = "The same, as heketi-cli has it.")
        private @Nullable Path sameFile;

        @Override
        boolean canBePlanned() {
            return false;
        }

        @Override
        void run(BricklayerClient client) {
            Path which = file == null ? sameFile : file;
            if (which == null) {
                throw misuse("Missing configuration file");
            }
            TopologyLoad load = client.loadTopology(TopologyFiles.read(root().surroundings(), which), this::tell);
            // heketi-cli ends with status 0 all the same
            if (!load.refused().isEmpty() && !root().surroundings().asHeketi()) {
                throw new CommandFailed(
                        load.refused().size() + " of the topology's nodes and devices were refused, see above");
            }
        }

        private void tell(TopologyStep step) {
            String subject = step.subject();
            switch (step.kind()) {
                case CLUSTER_CREATED -> {
                    say("Creating cluster ... ID: %s", subject);
                    step.detail().lines().forEach(kind -> say("\tAllowing %s volumes on cluster.", kind));
                }
                case CLUSTER_DELETED -> {
                    // of which heketi-cli says nothing
                    if (!root().surroundings().asHeketi()) {
                        say("Deleting cluster %s again, none of its nodes could be added", subject);
                    }
                }
                case NODE_FOUND -> say("\tFound node %s on cluster %s", subject, step.detail());
                case NODE_ADDING -> start("\tCreating node " + subject + " ... ");
                case NODE_ADDED -> say("ID: %s", step.detail());
                case NODE_REFUSED -> say("Unable to create node: %s", step.detail());
                case DEVICE_FOUND -> say("\t\tFound device %s", subject);
                case DEVICE_ADDING -> start("\t\tAdding device " + subject + " ... ");
                case DEVICE_ADDED -> say("OK");
                case DEVICE_REFUSED -> say("Unable to add device: %s", step.detail());
                case DEVICE_SKIPPED -> {}
            }
        }

        private void start(String text) {
            out().print(text);
            out().flush();
        }
    }
}
