package bricklayer.survey;

import bricklayer.gluster.ClusterSeen;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.BlockInfo;
import bricklayer.glusterblock.BlocksSeen;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.CommandResult;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.host.Query;
import bricklayer.host.Told;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.lvm.Lvm;
import bricklayer.mount.Mounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks nodes for all they hold: three commands a node, and two more on one node of a cluster. Blocks until the node has answered, or its time is over. Never throws for what a node does. */
public final class Surveyor {

    /** The name of a block volume goes into the command; more of them make another command. */
    private static final int BLOCKS_A_COMMAND = 500;

    private final HostReader hosts;
    private final Lvm lvm;
    private final Mounts mounts;
    private final Gluster gluster;
    private final GlusterBlock blocks;

    public Surveyor(HostReader hosts, Lvm lvm, Mounts mounts, Gluster gluster, GlusterBlock blocks) {
        this.hosts = hosts;
        this.lvm = lvm;
        this.mounts = mounts;
        this.gluster = gluster;
        this.blocks = blocks;
    }

    /** A node that cannot be reached is asked once. */
    public NodeSurvey node(Node node) {
        Asking asking = new Asking(node.host());
        return new NodeSurvey(
                node.id(),
                asking.ask(lvm.groups()),
                asking.ask(lvm.everyVolume()),
                asking.ask(mounts.look(Device.MOUNT_ROOT)));
    }

    /**
     * Asks one node after the other until one can tell.
     *
     * @param members the cluster's nodes, those to ask first in front; not empty
     * @param hostingVolumes names of the volumes that may hold block volumes
     * @param blockVolumes {@code hosting volume/name} of those that should be there
     */
    public ClusterSurvey cluster(
            ClusterId cluster, List<Node> members, List<String> hostingVolumes, List<String> blockVolumes) {
        List<String> failures = new ArrayList<>();
        for (Node member : members) {
            Told<ClusterSeen> told = Told.by(() -> hosts.query(member.host(), gluster.cluster()));
            if (told instanceof Told.Known) {
                Told<BlocksSeen> seen = hostingVolumes.isEmpty()
                        ? new Told.Known<>(BlocksSeen.NONE)
                        : blocks(member.host(), hostingVolumes, blockVolumes);
                return new ClusterSurvey(cluster, member.id(), told, seen);
            }
            failures.add(told.whyNot());
        }
        String why = String.join("; ", failures);
        return new ClusterSurvey(cluster, members.getFirst().id(), new Told.Unknown<>(why), new Told.Unknown<>(why));
    }

    private Told<BlocksSeen> blocks(HostName host, List<String> hostingVolumes, List<String> blockVolumes) {
        return Told.by(() -> {
            BlocksSeen first = hosts.query(
                    host,
                    blocks.look(
                            hostingVolumes, blockVolumes.subList(0, Math.min(BLOCKS_A_COMMAND, blockVolumes.size()))));
            Map<String, Told<Optional<BlockInfo>>> infos = new HashMap<>(first.infos());
            for (int from = BLOCKS_A_COMMAND; from < blockVolumes.size(); from += BLOCKS_A_COMMAND) {
                List<String> some = blockVolumes.subList(from, Math.min(from + BLOCKS_A_COMMAND, blockVolumes.size()));
                infos.putAll(hosts.query(host, blocks.look(List.of(), some)).infos());
            }
            return new BlocksSeen(first.names(), infos);
        });
    }

    /** One node's questions, one after the other; none after it could not be reached. */
    private final class Asking {

        private final HostName host;
        private String unreachable = "";

        Asking(HostName host) {
            this.host = host;
        }

        <T> Told<T> ask(Query<T> query) {
            if (!unreachable.isEmpty()) {
                return new Told.Unknown<>(unreachable);
            }
            try {
                return new Told.Known<>(hosts.query(host, query));
            } catch (HostFailure e) {
                String why = String.valueOf(e.getMessage());
                if (!(e.result() instanceof CommandResult.Exited)) {
                    unreachable = why;
                }
                return new Told.Unknown<>(why);
            }
        }
    }
}
