package bricklayer.node;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.Peer;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.lvm.GroupsSeen;
import bricklayer.lvm.Lvm;
import bricklayer.machine.Addresses;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out whether a new name of a node leads to that very machine, before it is recorded: commands to a wrong one would destroy what lies there. Asks nodes and changes nothing. */
public final class NewAddress {

    private final HostReader hosts;
    private final Gluster gluster;
    private final Lvm lvm;
    private final KnownDown down;

    public NewAddress(HostReader hosts, Gluster gluster, Lvm lvm, KnownDown down) {
        this.hosts = hosts;
        this.gluster = gluster;
        this.lvm = lvm;
        this.down = down;
    }

    /**
     * By gluster's id of the machine, which other nodes know, or the node itself under its old name; where nobody can tell, by the disks that are in it.
     *
     * @throws Problem 409 when the name leads to another machine, or nobody can tell
     */
    void requireSameMachine(Rows rows, Node node, HostName address) {
        String what = "Cannot use " + address + " for node " + node.id() + ": ";
        String found = ownId(address)
                .orElseThrow(() -> Problem.conflict(what + "no machine answers there that runs glusterd")
                        .about("node " + node.id())
                        .next("look at it with bricklayer admin doctor --host " + address
                                + "; its host key must be known under that name, too"));
        Optional<String> known = idKnownToOthers(rows, node).or(() -> ownId(node.host()));
        if (known.isPresent() && !known.get().equals(found)) {
            throw Problem.conflict(what + "another machine answers there; gluster's id of it is " + found
                            + ", and that of the node is " + known.get())
                    .about("node " + node.id())
                    .next(
                            "name an address of the same machine; another one is added as a node of its own (bricklayer admin node replace)");
        }
        if (known.isEmpty() && !hasDisksOf(rows, node, address)) {
            throw Problem.conflict(what + "nobody tells which machine the node is, and its devices are not there")
                    .about("node " + node.id())
                    .next("bring another node of the cluster back, or this one at its old address, and try again");
        }
    }

    /**
     * Gluster's id of the node, if the name leads to it from the nodes that are to use it; empty for the only node of a cluster. Gluster itself does not ask: it takes whatever machine answers into the pool.
     *
     * @param address where the node is asked which addresses it has
     * @throws Problem 409 when the name leads elsewhere from one of them, or nobody can tell
     */
    String requireOwnName(Rows rows, Node node, HostName address, String name) {
        Problem untold = Problem.conflict("Cannot use " + name + " as a storage name of node " + node.id()
                        + ": nobody can tell whether it leads there")
                .about("node " + node.id())
                .next("bring the node and another node of the cluster back, and try again");
        List<Node> others = others(rows, node);
        List<HostName> users = others.isEmpty()
                ? List.of(address)
                : others.stream()
                        .filter(other -> !down.isDown(other.id()))
                        .map(Node::host)
                        .toList();
        try {
            Set<String> own = hosts.query(address, Addresses.own());
            for (HostName user : users) {
                Set<String> leadsTo = hosts.query(user, Addresses.of(name));
                if (leadsTo.isEmpty() || !own.containsAll(leadsTo)) {
                    throw Problem.conflict("Cannot use " + name + " as a storage name of node " + node.id()
                                    + ": seen from " + user + " it leads "
                                    + (leadsTo.isEmpty() ? "nowhere" : "to " + String.join(", ", leadsTo))
                                    + ", and the node has " + String.join(", ", own))
                            .about("node " + node.id())
                            .next(
                                    "let the name lead to the node on all nodes of the cluster (DNS, /etc/hosts), and try again");
                }
            }
        } catch (HostFailure silent) {
            throw untold.causedBy(silent);
        }
        return others.isEmpty() ? "" : idKnownToOthers(rows, node).orElseThrow(() -> untold);
    }

    /** Those that are to reach it by its storage name, those known to be down last. */
    List<Node> others(Rows rows, Node node) {
        return down.upFirst(Inventory.nodes(rows, node.cluster()).stream()
                .filter(other -> !other.id().equals(node.id()) && Inventory.isVisible(rows, other))
                .toList());
    }

    private Optional<String> idKnownToOthers(Rows rows, Node node) {
        for (Node other : others(rows, node)) {
            Optional<String> id = peers(other.host()).stream()
                    .filter(peer -> peer.names().stream().anyMatch(node.storageHosts()::contains))
                    .map(Peer::uuid)
                    .findFirst();
            if (id.isPresent()) {
                return id;
            }
        }
        return Optional.empty();
    }

    private Optional<String> ownId(HostName host) {
        return peers(host).stream()
                .filter(peer -> peer.hostname().equals("localhost"))
                .map(Peer::uuid)
                .findFirst();
    }

    /** None when it does not tell. */
    private List<Peer> peers(HostName host) {
        try {
            return hosts.query(host, gluster.poolList());
        } catch (HostFailure silent) {
            return List.of();
        }
    }

    private boolean hasDisksOf(Rows rows, Node node, HostName address) {
        try {
            GroupsSeen seen = hosts.query(address, lvm.groups());
            return Inventory.devices(rows, node.id()).stream()
                    .anyMatch(device ->
                            seen.physicalVolumes().stream().anyMatch(disk -> isOf(device, disk.group(), disk.uuid())));
        } catch (HostFailure silent) {
            return false;
        }
    }

    private static boolean isOf(Device device, String group, String uuid) {
        return !device.pvUuid().isEmpty() && group.equals(device.volumeGroup()) && uuid.equals(device.pvUuid());
    }
}
