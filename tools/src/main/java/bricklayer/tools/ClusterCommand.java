package bricklayer.tools;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.ClusterList;
import bricklayer.client.BricklayerClient;
import bricklayer.tools.output.Tree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cluster",
        description = "Clusters: sets of nodes that serve volumes together.",
        subcommands = {
            ClusterCommand.Create.class,
            ClusterCommand.Info.class,
            Describe.OfCluster.class,
            ClusterCommand.List.class,
            ClusterCommand.SetFlags.class,
            ClusterCommand.Delete.class
        })
final class ClusterCommand extends Group {

    @Command(name = "create", description = "Creates an empty cluster.")
    static final class Create extends ClientCommand {

        @Option(
                names = "--file",
                arity = "0..1",
                defaultValue = "true",
                fallbackValue = "true",
                description = "Allow file volumes; default true.")
        private boolean file;

        @Option(
                names = "--block",
                arity = "0..1",
                defaultValue = "true",
                fallbackValue = "true",
                description = "Allow block volumes; default true.")
        private boolean block;

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            ClusterInfo created = client.createCluster(new ClusterCreateRequest(file, block));
            show(output, created, () -> say("Cluster id: %s", created.id()));
        }
    }

    @Command(name = "info", description = "Shows a cluster's nodes and volumes.")
    static final class Info extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The cluster's id.")
        private String id = "";

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            ClusterInfo info = client.cluster(id);
            show(output, info, () -> text(info));
        }

        private void text(ClusterInfo info) {
            say("Cluster id: %s", info.id());
            say("Nodes:%n%s", String.join("\n", info.nodes()));
            say("Volumes:%n%s", String.join("\n", info.volumes()));
            say("Block: %s%n", info.block());
            say("File: %s", info.file());
        }
    }

    @Command(name = "list", description = "Lists the clusters.")
    static final class List extends ClientCommand {

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            java.util.List<String> ids = client.clusters();
            list(
                    output,
                    () -> output.wholeObjects(this)
                            ? Tree.object("clusters", Present.of(ids, client::cluster))
                            : new ClusterList(ids),
                    () -> Listings.clusters(Present.of(ids, client::cluster)),
                    () -> text(client, ids));
        }

        private void text(BricklayerClient client, java.util.List<String> ids) {
            say("Clusters:");
            for (String id : ids) {
                ClusterInfo info = client.cluster(id);
                String kinds = (info.file() ? "[file]" : "") + (info.block() ? "[block]" : "");
                say("Id:%s %s", id, kinds.isEmpty() ? "[]" : kinds);
            }
        }
    }

    @Command(name = "setflags", description = "Says which kinds of volumes may be made in a cluster from now on.")
    static final class SetFlags extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The cluster's id.")
        private String id = "";

        @Option(
                names = "--file",
                arity = "1",
                paramLabel = "true|false",
                description = "Allow file volumes; default as it is.")
        private @Nullable Boolean file;

        @Option(
                names = "--block",
                arity = "1",
                paramLabel = "true|false",
                description = "Allow block volumes; default as it is.")
        private @Nullable Boolean block;

        @Override
        void run(BricklayerClient client) {
            if (file == null && block == null) {
                throw misuse("At least one of --file or --block must be specified.");
            }
            ClusterInfo now = client.cluster(id);
            client.setClusterFlags(
                    id, new ClusterFlagsRequest(file == null ? now.file() : file, block == null ? now.block() : block));
        }
    }

    @Command(name = "delete", description = "Deletes a cluster that has neither nodes nor volumes.")
    static final class Delete extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The cluster's id.")
        private String id = "";

        @Override
        void run(BricklayerClient client) {
            client.deleteCluster(id);
            say("Cluster %s deleted", id);
        }
    }
}
