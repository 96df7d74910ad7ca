package bricklayer.lvm;

/** Space of a volume group; LVM's own metadata is not counted. */
public record VolumeGroupSize(long totalKiB, long freeKiB, long extentKiB) {}
