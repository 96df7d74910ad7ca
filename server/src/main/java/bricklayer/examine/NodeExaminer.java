package bricklayer.examine;

import bricklayer.api.Examination.LvmReport;
import bricklayer.api.Examination.MountStatus;
import bricklayer.api.Examination.Mounts;
import bricklayer.api.Examination.NodeState;
import bricklayer.api.Examination.Volumes;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.host.Query;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.lvm.Lvm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Asks one node for everything it holds. What it does not answer is a line of the report, and the rest is still asked, unless the node cannot be reached at all. */
final class NodeExaminer {

    private final HostReader hosts;
    private final Gluster gluster;
    private final GlusterBlock blocks;
    private final Lvm lvm;
    private final bricklayer.mount.Mounts mounts;

    NodeExaminer(HostReader hosts, Gluster gluster, GlusterBlock blocks, Lvm lvm, bricklayer.mount.Mounts mounts) {
        this.hosts = hosts;
        this.gluster = gluster;
        this.blocks = blocks;
        this.lvm = lvm;
        this.mounts = mounts;
    }

    /**
     * What was learned.
     *
     * @param state empty when nothing was
     * @param failures lines of the report
     */
    record Found(Optional<NodeState> state, List<String> failures) {}

    /**
     * Never throws for what a node does.
     *
     * @param hosting the volumes that may hold block volumes
     */
    Found examine(Node node, List<Volume> hosting) {
        Asking asking = new Asking(node.host());
        Volumes volumes = asking.ask(
                gluster.allVolumes(),
                all -> Volumes.of(all.stream().map(Shown::volume).toList()),
                Volumes.UNKNOWN,
                "");
        LvmReport pvs = lvm(asking, lvm.physicalVolumes(), "pv");
        LvmReport vgs = lvm(asking, lvm.volumeGroups(), "vg");
        LvmReport lvs = lvm(asking, lvm.logicalVolumes(), "lv");
        Mounts seen = mounts(asking);
        List<String> named = hosting.stream()
                .flatMap(volume -> blockVolumes(asking, volume).stream())
                .toList();
        return asking.answers == 0
                ? new Found(Optional.empty(), List.of("could not fetch data from node " + node.host()))
                : new Found(
                        Optional.of(new NodeState(
                                node.id().value(), volumes, pvs, vgs, lvs, seen, named.isEmpty() ? null : named)),
                        List.copyOf(asking.failures));
    }

    private static LvmReport lvm(Asking asking, Query<List<Map<String, String>>> query, String kind) {
        return asking.ask(query, rows -> LvmReport.of(kind, rows), LvmReport.UNKNOWN, "LVM " + kind + "s data");
    }

    private List<String> blockVolumes(Asking asking, Volume hosting) {
        return asking.ask(
                blocks.list(hosting.name()),
                names -> names.stream().map(name -> hosting.name() + "/" + name).toList(),
                List.of(),
                failure ->
                        "could not fetch block volume list for block hosting volume " + hosting.id() + " : " + failure);
    }

    private Mounts mounts(Asking asking) {
        String what = "brick mount status";
        Optional<Set<String>> mounted = asking.ask(mounts.mountedDevices(), Optional::of, Optional.empty(), what);
        return mounted.map(devices -> asking.ask(
                        mounts.fstabEntries(),
                        entries -> new Mounts(entries.stream()
                                .map(entry -> new MountStatus(
                                        entry.device(),
                                        entry.mountPoint(),
                                        entry.type(),
                                        entry.options(),
                                        devices.contains(entry.device())))
                                .toList()),
                        Mounts.UNKNOWN,
                        what))
                .orElse(Mounts.UNKNOWN);
    }

    /** One node's questions, one after the other. */
    private final class Asking {

        private final HostName host;
        private final List<String> failures = new java.util.ArrayList<>();
        private int answers;
        private boolean unreachable;

        Asking(HostName host) {
            this.host = host;
        }

        /** @param what for the report; empty when the lack of an answer is told otherwise */
        <T, R> R ask(Query<T> query, Function<T, R> shown, R unknown, String what) {
            return ask(
                    query,
                    shown,
                    unknown,
                    failure ->
                            what.isEmpty() ? "" : "could not fetch " + what + " from node " + host + " : " + failure);
        }

        /** @param line of the report, made of the failure; empty for none */
        <T, R> R ask(Query<T> query, Function<T, R> shown, R unknown, UnaryOperator<String> line) {
            if (unreachable) {
                return unknown;
            }
            try {
                R answer = shown.apply(hosts.query(host, query));
                answers++;
                return answer;
            } catch (HostFailure e) {
                unreachable = e.result() instanceof NotSent;
                String failure = line.apply(String.valueOf(e.getMessage()));
                if (!failure.isEmpty()) {
                    failures.add(failure);
                }
                return unknown;
            }
        }
    }
}
