package bricklayer.care;

import bricklayer.api.RebootCheck;
import bricklayer.api.RebootCheck.Reason;
import bricklayer.gluster.BrickHeal;
import bricklayer.gluster.BrickProcess;
import bricklayer.gluster.ClusterSeen;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.VolumeDetails;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.host.Told;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a node can be restarted now. Goes by what gluster says, and says no where gluster does not tell. */
public final class RebootChecker {

    private final HostReader hosts;
    private final Gluster gluster;

    public RebootChecker(HostReader hosts, Gluster gluster) {
        this.hosts = hosts;
        this.gluster = gluster;
    }

    public RebootCheck check(Rows rows, Node node) {
        List<HostName> others = Inventory.nodes(rows, node.cluster()).stream()
                .filter(other -> !other.id().equals(node.id()))
                .map(Node::host)
                .toList();
        // the others first: what they see of the node is what stays when it is gone
        List<HostName> asked = new ArrayList<>(others);
        asked.add(node.host());
        List<Reason> reasons = new ArrayList<>();
        int volumes = 0;
        try {
            ClusterSeen seen = hosts.queryFirst(asked, gluster.cluster());
            for (VolumeDetails volume : seen.volumes()) {
                List<List<String>> sets = setsOn(volume, node);
                if (!sets.isEmpty()) {
                    volumes++;
                    judge(volume, sets, node, seen, asked, reasons);
                }
            }
        } catch (HostFailure e) {
            reasons.add(new Reason("", "no node of the cluster can tell how its volumes are: " + e.getMessage()));
        }
        return new RebootCheck(node.id().value(), node.host().value(), reasons.isEmpty(), volumes, reasons);
    }

    /** The sets of bricks that have one on the node. */
    private static List<List<String>> setsOn(VolumeDetails volume, Node node) {
        List<String> bricks =
                volume.bricks().stream().map(VolumeDetails.Brick::name).toList();
        int size = Math.max(1, Math.max(volume.replicaCount(), volume.disperseCount()));
        List<List<String>> sets = new ArrayList<>();
        for (int from = 0; from < bricks.size(); from += size) {
            List<String> set = bricks.subList(from, Math.min(from + size, bricks.size()));
            if (set.stream().anyMatch(brick -> isOn(brick, node))) {
                sets.add(set);
            }
        }
        return sets;
    }

    private static boolean isOn(String brick, Node node) {
        return node.storageHosts().stream().anyMatch(name -> brick.startsWith(name + ":/"))
                || node.manageHosts().stream().anyMatch(name -> brick.startsWith(name + ":/"));
    }

    private void judge(
            VolumeDetails volume,
            List<List<String>> sets,
            Node node,
            ClusterSeen seen,
            List<HostName> asked,
            List<Reason> reasons) {
        if (!volume.statusText().equals("Started")) {
            return; // nobody can use it now either
        }
        int needed = needed(volume);
        if (needed == 0) {
            reasons.add(
                    new Reason(volume.name(), "it keeps no second copy: part of it is gone while the node is down"));
            return;
        }
        if (!(seen.processes() instanceof Told.Known<List<BrickProcess>>(List<BrickProcess> processes))) {
            reasons.add(new Reason(
                    volume.name(),
                    "gluster does not tell which of its bricks are up: "
                            + seen.processes().whyNot()));
            return;
        }
        Set<String> up = new HashSet<>();
        processes.stream()
                .filter(process -> process.volume().equals(volume.name()) && process.up())
                .forEach(process -> up.add(process.brick()));
        for (List<String> set : sets) {
            List<String> left = set.stream()
                    .filter(brick -> !isOn(brick, node) && up.contains(brick))
                    .toList();
            if (left.size() < needed) {
                reasons.add(new Reason(
                        volume.name(),
                        "without the node " + left.size() + " of the bricks " + set + " are up, and " + needed
                                + " are needed"));
            }
        }
        heals(volume, sets, asked, reasons);
    }

    /** Bricks of a set that must be up for writes to go on; 0 when each brick is alone. */
    private static int needed(VolumeDetails volume) {
        if (volume.disperseCount() > 1) {
            return volume.disperseCount() - volume.redundancyCount();
        }
        if (volume.replicaCount() > 1) {
            return volume.replicaCount() == 2 ? 1 : volume.replicaCount() / 2 + 1;
        }
        return 0;
    }

    private void heals(VolumeDetails volume, List<List<String>> sets, List<HostName> asked, List<Reason> reasons) {
        try {
            List<BrickHeal> heals = hosts.queryFirst(asked, gluster.healInfo(volume.name()));
            for (BrickHeal heal : heals) {
                boolean concerned = sets.stream().anyMatch(set -> set.contains(heal.name()));
                if (concerned && heal.entries().orElse(0) > 0) {
                    reasons.add(new Reason(
                            volume.name(),
                            heal.name() + " still has " + heal.entries().getAsLong()
                                    + " entries that others of its set lack; wait until they are healed"));
                }
            }
        } catch (HostFailure e) {
            reasons.add(new Reason(volume.name(), "gluster does not tell whether it is healed: " + e.getMessage()));
        }
    }
}
