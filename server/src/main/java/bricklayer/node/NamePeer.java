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
 * One more name for a member of a trusted pool. It is not taken back: gluster detaches members, not names.
 *
 * @param hosts other members of the pool
 * @param uuid the member's
 * @param peerName one that leads to it, which must be known before: gluster would take any other machine into the pool
 */
record NamePeer(ClusterId cluster, List<HostName> hosts, GlusterSettings settings, String uuid, String peerName)
        implements Step {

    NamePeer {
        hosts = List.copyOf(hosts);
    }

    @Override
    public String name() {
        return "name-peer";
    }

    @Override
    public Query<Effect> observe() {
        return new Gluster(settings)
                .poolList()
                .map(peers -> Effect.presentIf(peers.stream()
                        .anyMatch(
                                peer -> peer.uuid().equals(uuid) && peer.names().contains(peerName))));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Gluster(settings).peerProbe(peerName));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    @Override
    public boolean reversible() {
        return false;
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
