package bricklayer.tools;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterInfo;
import bricklayer.api.ClusterList;
import bricklayer.client.BricklayerClient;
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
            ClusterCommand.List.class,
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
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            ClusterInfo created = client.createCluster(new ClusterCreateRequest(file, block));
            if (json.wanted(this)) {
                printJson(created);
            } else {
                say("Cluster id: %s", created.id());
            }
        }
    }

    @Command(name = "info", description = "Shows a cluster's nodes and volumes.")
    static final class Info extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The cluster's id.")
        private String id = "";

        @Mixin
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            ClusterInfo info = client.cluster(id);
            if (json.wanted(this)) {
                printJson(info);
                return;
            }
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
        private final Json json = new Json();

        @Override
        void run(BricklayerClient client) {
            java.util.List<String> ids = client.clusters();
            if (json.wanted(this)) {
                printJson(new ClusterList(ids));
                return;
            }
            say("Clusters:");
            for (String id : ids) {
                ClusterInfo info = client.cluster(id);
                say("Id:%s [%s][%s]", id, info.file() ? "file" : "", info.block() ? "block" : "");
            }
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
