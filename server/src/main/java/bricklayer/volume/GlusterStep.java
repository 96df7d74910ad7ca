package bricklayer.volume;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeInfo;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.inventory.ClusterId;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A step that changes a gluster volume. Any of the volume's nodes can carry it out, and a cluster does one such thing at a time. */
sealed interface GlusterStep extends Step
        permits CreateGlusterVolume,
                AddBricks,
                ReplaceBrick,
                SetVolumeOptions,
                TellVolume,
                StartVolume,
                StartBrick,
                StartRebalance,
                CreateSnapshot,
                ActivateSnapshot,
                ForgetSnapshot,
                CloneSnapshot {

    Target target();

    /**
     * What all steps on one gluster volume share.
     *
     * @param hosts the nodes that hold the volume's bricks, the one to prefer first. Not others: a lost command is waited for on each of them
     * @param volume gluster's name for it
     */
    record Target(ClusterId cluster, List<HostName> hosts, GlusterSettings settings, String volume) {

        public Target {
            hosts = List.copyOf(hosts);
        }

        Gluster gluster() {
            return new Gluster(settings);
        }

        /** Present when the volume is there and looks as it should. */
        Query<Effect> presentIf(Predicate<VolumeInfo> asItShould) {
            return gluster()
                    .volumeInfo(volume)
                    .map(info -> Effect.presentIf(info.filter(asItShould).isPresent()));
        }
    }

    @Override
    default List<HostName> hosts() {
        return target().hosts();
    }

    @Override
    default boolean transientRefusal(Exited refusal) {
        return Gluster.isTransient(refusal);
    }

    /** The cluster's own lock answers "another transaction is in progress" to whoever comes second, so they wait here instead. */
    @Override
    default Optional<String> queue() {
        return Optional.of("gluster-" + target().cluster().value());
    }
}
