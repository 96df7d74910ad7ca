package bricklayer.tools;

import bricklayer.api.DeviceInfo;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.tools.output.Tree;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "node",
        description = "Nodes: storage servers of a cluster.",
        subcommands = {
            NodeCommand.Add.class,
            NodeCommand.Info.class,
            Describe.OfNode.class,
            NodeCommand.Listing.class,
            NodeCommand.Enable.class,
            NodeCommand.Disable.class,
            NodeCommand.Remove.class,
            NodeCommand.Delete.class,
            NodeAddressCommand.class,
            NodeCommand.TagsSet.class,
            NodeCommand.TagsRemove.class
        })
final class NodeCommand extends Group {

    @Command(name = "add", description = "Adds a node to a cluster. It must run glusterd.")
    static final class Add extends ClientCommand {

        @Option(
                names = "--zone",
                required = true,
                paramLabel = "N",
                description = "Failure domain, from 1: copies of data go to different zones where possible.")
        private int zone;

        @Option(names = "--cluster", required = true, paramLabel = "ID", description = "The cluster's id.")
        private String cluster = "";

        @Option(
                names = "--management-host-name",
                required = true,
                paramLabel = "HOST",
                description = "Under which the server reaches it.")
        private String manage = "";

        @Option(
                names = "--storage-host-name",
                required = true,
                paramLabel = "HOST",
                description = "Under which peers and mounts reach it, best an address.")
        private String storage = "";

        @Mixin
        private final LookFirst lookFirst = new LookFirst();

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            lookFirst.atNode(this, client, manage);
            NodeInfo added = client.addNode(
                    new NodeAddRequest(zone, new Hostnames(List.of(manage), List.of(storage)), cluster, Map.of()));
            show(output, added, () -> {
                say("Node information:");
                Texts.node(out(), added);
            });
        }
    }

    @Command(name = "info", description = "Shows a node and its devices.")
    static final class Info extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The node's id.")
        private String id = "";

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            NodeInfo info = client.node(names(client).node(id));
            show(output, info, () -> text(info));
        }

        private void text(NodeInfo info) {
            Texts.node(out(), info);
            say("Devices:");
            for (DeviceInfo device : info.devices()) {
                Texts.deviceLine(out(), device);
            }
        }
    }

    @Command(name = "list", description = "Lists the nodes of all clusters.")
    static final class Listing extends ClientCommand {

        @Mixin
        private final Output output = Output.notInHeketi();

        @Override
        void run(BricklayerClient client) {
            list(
                    output,
                    () -> Tree.object("nodes", Listings.nodes(client)),
                    () -> Listings.nodes(Listings.nodes(client)),
                    () -> text(client));
        }

        private void text(BricklayerClient client) {
            for (String cluster : client.clusters()) {
                for (String node : client.cluster(cluster).nodes()) {
                    say("Id:%s\tCluster:%s", node, cluster);
                }
            }
        }
    }

    @Command(name = "enable", description = "Lets new bricks go to a node.")
    static final class Enable extends StateChange {
        Enable() {
            super(Member.NODE, "online");
        }
    }

    @Command(name = "disable", description = "Keeps new bricks away from a node.")
    static final class Disable extends StateChange {
        Disable() {
            super(Member.NODE, "offline");
        }
    }

    @Command(name = "remove", description = "Moves all bricks of a disabled node elsewhere.")
    static final class Remove extends StateChange {
        Remove() {
            super(Member.NODE, "failed");
        }
    }

    @Command(name = "settags", description = "Sets tags of a node.")
    static final class TagsSet extends SetTags {
        TagsSet() {
            super(Member.NODE);
        }
    }

    @Command(
            name = "rmtags",
            aliases = {"deltags", "removetags"},
            description = "Removes tags of a node.")
    static final class TagsRemove extends RemoveTags {
        TagsRemove() {
            super(Member.NODE);
        }
    }

    @Command(name = "delete", description = "Deletes a node that has no devices.")
    static final class Delete extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "The node's id.")
        private String id = "";

        @Override
        void run(BricklayerClient client) {
            String node = names(client).node(id);
            client.deleteNode(node);
            say("Node %s deleted", node);
        }
    }
}
