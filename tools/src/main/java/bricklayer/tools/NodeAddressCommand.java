package bricklayer.tools;

import bricklayer.api.NodeAddressRequest;
import bricklayer.api.NodeInfo;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "address",
        description = {
            "Changes under which names a node is reached. Each must lead to that very machine: that is looked at first.",
            "Bricks keep the storage name that they were made with, so for a node with bricks a new one is added behind it."
        })
final class NodeAddressCommand extends ClientCommand {

    @Parameters(paramLabel = "NODE", description = "The node's id, or a name of it.")
    private String node = "";

    @Option(
            names = "--management-host-name",
            paramLabel = "HOST",
            description = "Under which the server reaches it from now on.")
    private String manage = "";

    @Option(
            names = "--storage-host-name",
            paramLabel = "HOST",
            description = "Under which peers and mounts reach it, too; the old name must go on leading to it.")
    private String storage = "";

    @Mixin
    private final Output output = new Output();

    @Override
    void run(BricklayerClient client) {
        if (manage.isEmpty() && storage.isEmpty()) {
            throw misuse("give --management-host-name, --storage-host-name, or both");
        }
        NodeInfo changed = client.setNodeAddress(names(client).node(node), new NodeAddressRequest(manage, storage));
        show(output, changed, () -> {
            say(
                    "Node %s is reached at %s",
                    changed.id(), String.join(", ", changed.hostnames().manage()));
            say(
                    "Among the nodes it is %s",
                    String.join(", ", changed.hostnames().storage()));
        });
        if (!storage.isEmpty() && !changed.hostnames().storage().getFirst().equals(storage)) {
            note("Note: it has bricks, and gluster cannot rename those: they and mounts go on using "
                    + changed.hostnames().storage().getFirst() + ", which must go on leading to the node");
        }
    }
}
