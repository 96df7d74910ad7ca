package bricklayer.volume;

import bricklayer.brick.SizeLimits;

/**
 * What the configuration says about volumes.
 *
 * @param maxVolumesPerCluster negative for no limit; volumes being created count
 * @param createTries how often a create is planned before its failure is final, at least 1
 * @param averageFileKiB for arbiter bricks of volumes that do not say
 * @param zoneChecking {@code strict}, or anything else for none
 * @param optionsBefore comma-separated, put before the options of every new volume; may be empty
 * @param optionsAfter likewise, put after them
 * @param hostingOptions likewise, put between the first and the request's when the volume hosts block volumes
 * @param rebalanceOnExpand whether gluster is told to spread files after an expansion
 */
public record VolumeLimits(
        SizeLimits sizes,
        int maxVolumesPerCluster,
        int createTries,
        long averageFileKiB,
        String zoneChecking,
        String optionsBefore,
        String optionsAfter,
        String hostingOptions,
        boolean rebalanceOnExpand) {

    public static final VolumeLimits DEFAULTS =
            new VolumeLimits(SizeLimits.DEFAULTS, 1000, 5, 64, "none", "", "", "group gluster-block", true);
}
