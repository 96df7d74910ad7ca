package bricklayer.tools;

import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.NodeInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.StateRequest;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Conflict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "node", description = "What is done with whole nodes.", subcommands = AdminNodeCommand.Replace.class)
final class AdminNodeCommand extends Group {

    @Command(
            name = "replace",
            description = {
                "Moves every brick of a node elsewhere, one after the other, each only when gluster says that the others hold its data;",
                "then deletes its devices and the node. May be interrupted at any time, and given again: it goes on."
            })
    static final class Replace extends ClientCommand {

        /** An attempt at an operation that is to be abandoned ends when the node has not answered. */
        private static final int ABANDON_TRIES = 60;

        private static final Duration ABANDON_PAUSE = Duration.ofSeconds(2);

        @Parameters(index = "0", paramLabel = "OLD", description = "The node that goes: its id or a host name.")
        private String old = "";

        @Parameters(
                index = "1",
                paramLabel = "NEW",
                description = "The node that was added for it, with its devices: its id or a host name.")
        private String fresh = "";

        @Option(
                names = "--gone",
                description =
                        "The old node never comes back: what cannot be removed from it is abandoned, and its devices are forgotten.")
        private boolean gone;

        @Override
        void run(BricklayerClient client) {
            NodeInfo from = names(client).nodeInfo(old);
            NodeInfo to = names(client).nodeInfo(fresh);
            refuseUnsuitable(from, to);
            int before = bricks(to);
            say("Moving %d bricks of %s ...", bricks(from), host(from));
            if (from.state().equals("online")) {
                client.setNodeState(from.id(), new StateRequest("offline", ""));
            }
            if (!from.state().equals("failed")) {
                client.setNodeState(from.id(), new StateRequest("failed", "", to.id()));
            }
            say("Moved; %d of them to %s", bricks(client.node(to.id())) - before, host(to));
            NodeInfo emptied = client.node(from.id());
            abandonOrWait(client, emptied);
            for (DeviceInfo device : emptied.devices()) {
                if (gone) {
                    client.deleteDevice(device.id(), new DeviceDeleteRequest(true));
                } else {
                    client.deleteDevice(device.id());
                }
                say("Deleted device %s", device.name());
            }
            client.deleteNode(from.id());
            say("Deleted node %s", host(from));
        }

        private static void refuseUnsuitable(NodeInfo from, NodeInfo to) {
            if (from.id().equals(to.id())) {
                throw new CommandFailed("a node cannot replace itself");
            }
            if (!from.cluster().equals(to.cluster())) {
                throw new CommandFailed(host(to) + " is in another cluster than " + host(from));
            }
            if (!to.state().equals("online")
                    || to.devices().stream().noneMatch(device -> device.state().equals("online"))) {
                throw new CommandFailed(
                        host(to)
                                + " has no device that is online; add its devices first (bricklayer device add), and see bricklayer admin doctor");
            }
        }

        /** What was to be removed from the old node and could not be, because it is down. */
        private void abandonOrWait(BricklayerClient client, NodeInfo emptied) {
            Set<String> bricks = emptied.devices().stream()
                    .flatMap(device -> device.bricks().stream())
                    .map(brick -> brick.id())
                    .collect(Collectors.toSet());
            List<PendingOperation> left = client.pendingOperations().stream()
                    .filter(operation -> client.pendingOperation(operation.id()).changes().stream()
                            .anyMatch(change -> bricks.contains(change.id())))
                    .toList();
            if (!left.isEmpty() && !gone) {
                throw new CommandFailed(left.size() + " bricks are moved but still to be removed from " + host(emptied)
                        + ", which does not answer. When it is back, they are removed by themselves: give this command again then."
                        + " If it never comes back, give it with --gone");
            }
            for (PendingOperation operation : left) {
                abandon(client, operation);
                say("Abandoned what was to be removed there (operation %s)", operation.id());
            }
        }

        private static void abandon(BricklayerClient client, PendingOperation operation) {
            for (int attempt = 1; ; attempt++) {
                try {
                    client.abandonOperation(operation.id());
                    return;
                } catch (Conflict busy) {
                    if (attempt == ABANDON_TRIES) {
                        throw busy;
                    }
                    pause();
                }
            }
        }

        private static void pause() {
            try {
                Thread.sleep(ABANDON_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailed("interrupted; give the command again to go on");
            }
        }

        private static int bricks(NodeInfo node) {
            return node.devices().stream()
                    .mapToInt(device -> device.bricks().size())
                    .sum();
        }

        private static String host(NodeInfo node) {
            return node.hostnames().manage().getFirst();
        }
    }
}
