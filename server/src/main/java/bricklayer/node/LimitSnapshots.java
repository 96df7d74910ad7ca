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
 * How many snapshots a volume of the cluster may have, as the configuration says. Set whenever a node joins, as Heketi does; not taken back, for it was the same before.
 *
 * @param hosts nodes that are in the pool already
 * @param most gluster takes 1 to 256
 */
record LimitSnapshots(ClusterId cluster, List<HostName> hosts, GlusterSettings settings, int most) implements Step {

    LimitSnapshots {
        hosts = List.copyOf(hosts);
    }

    @Override
    public String name() {
        return "limit-snapshots";
    }

    @Override
    public Query<Effect> observe() {
        return new Gluster(settings).snapshotLimit().map(limit -> Effect.presentIf(limit == most));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Gluster(settings).limitSnapshots(most));
    }

    @Override
    public List<Command> undo() {
        return List.of();
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
