package bricklayer.blockvolume;

import bricklayer.glusterblock.BlockInfo;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.host.Query;
import bricklayer.inventory.ClusterId;
import bricklayer.operation.Step;
import java.util.List;
import java.util.Optional;

/** A step that changes a block volume. Any node of the cluster can carry it out; a hosting volume sees one such thing at a time. */
sealed interface BlockStep extends Step permits CreateBlockVolume, ResizeBlockVolume, DeleteBlockVolume {

    Target target();

    /**
     * What all steps on one block volume share.
     *
     * @param hosts where gluster-block may be called, the one to prefer first
     * @param hostingVolume gluster's name for it
     * @param name gluster-block's name for the block volume
     */
    record Target(
            ClusterId cluster, List<HostName> hosts, GlusterBlockSettings settings, String hostingVolume, String name) {

        public Target {
            hosts = List.copyOf(hosts);
        }

        GlusterBlock glusterBlock() {
            return new GlusterBlock(settings);
        }

        Query<Optional<BlockInfo>> info() {
            return glusterBlock().info(hostingVolume, name);
        }

        /**
         * Asks the hosts in turn until one can tell.
         *
         * @throws bricklayer.host.HostFailure when none can
         * @throws IllegalStateException when the block volume is not there
         */
        BlockInfo ask(HostReader reader) {
            return reader.queryFirst(hosts, info())
                    .orElseThrow(() -> new IllegalStateException(
                            "block volume " + hostingVolume + "/" + name + " has disappeared"));
        }
    }

    @Override
    default List<HostName> hosts() {
        return target().hosts();
    }

    /** gluster-block takes a lock of the hosting volume; who waits for it there uses up the time its command has. */
    @Override
    default Optional<String> queue() {
        return Optional.of("gluster-block-" + target().cluster().value() + "/" + target().hostingVolume());
    }
}
