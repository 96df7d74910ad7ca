package bricklayer.lvm;

/** Space of a volume group; LVM's own metadata is not counted. */
public record VolumeGroupSize(long totalKiB, long freeKiB, long extentKiB) {

    boolean isWholeExtents() {
        return extentKiB > 0 && totalKiB % extentKiB == 0 && freeKiB % extentKiB == 0 && freeKiB <= totalKiB;
    }
}
