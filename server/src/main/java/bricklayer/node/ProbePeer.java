package bricklayer.node;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.inventory.ClusterId;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;
import java.util.Optional;

/**
 * A node in the trusted pool of its cluster.
 *
 * @param hosts nodes that are in the pool already
 * @param peer storage host name of the node
 */
record ProbePeer(ClusterId cluster, List<HostName> hosts, GlusterSettings settings, String peer) implements Step {

    ProbePeer {
        hosts = List.copyOf(hosts);
    }

    @Override
    public String name() {
        return "probe-peer";
    }

    @Override
    public Query<Effect> observe() {
        return new Gluster(settings)
                .poolList()
                .map(peers -> Effect.presentIf(
                        peers.stream().anyMatch(known -> known.names().contains(peer))));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Gluster(settings).peerProbe(peer));
    }

    @Override
    public List<Command> undo() {
        return List.of(new Gluster(settings).peerDetach(peer));
    }

    /** Probing a detached node again makes it the peer it was. */
    @Override
    public boolean restorable() {
        return true;
    }

    @Override
    public boolean transientRefusal(Exited refusal) {
        return Gluster.isTransient(refusal);
    }

    @Override
    public Optional<String> queue() {
        return Optional.of("gluster-" + cluster.value());
    }
}
