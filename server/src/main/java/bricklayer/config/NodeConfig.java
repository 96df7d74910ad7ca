package bricklayer.config;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the commands on the nodes are made of.
 *
 * @param fstab the file on the node that lists the mounts of bricks
 * @param mountOptions of bricks
 * @param snapshotLimit for all volumes of a cluster; empty for gluster's own
 * @param glusterCliTimeout for one gluster command
 * @param pvDataAlignment a size as LVM writes it, such as {@code 256K}
 * @param vgPhysicalExtentSize likewise
 * @param lvChunkSize likewise
 * @param xfsSw stripe width for mkfs.xfs, in stripe units
 * @param xfsSu stripe unit for mkfs.xfs, in bytes
 * @param blockPrealloc gluster-block's preallocation
 * @param lvmWrapper program and arguments put before LVM commands; may be empty
 */
public record NodeConfig(
        String fstab,
        String mountOptions,
        OptionalInt snapshotLimit,
        boolean rebalanceOnExpansion,
        boolean backupLvmMetadata,
        Duration glusterCliTimeout,
        String pvDataAlignment,
        String vgPhysicalExtentSize,
        String lvChunkSize,
        OptionalInt xfsSw,
        OptionalInt xfsSu,
        boolean debugUmountFailures,
        String blockPrealloc,
        List<String> lvmWrapper) {

    public NodeConfig {
        lvmWrapper = List.copyOf(lvmWrapper);
    }
}
