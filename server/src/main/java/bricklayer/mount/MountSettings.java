package bricklayer.mount;

import java.time.Duration;

/**
 * How bricks are mounted on the nodes.
 *
 * @param fstab the file that mounts them at boot
 * @param options of mount(8), comma-separated
 * @param xfsStripeUnit {@code mkfs.xfs -d su}; 0 together with the width for none
 * @param xfsStripeWidth {@code mkfs.xfs -d sw}
 * @param deadline for each command
 */
public record MountSettings(String fstab, String options, int xfsStripeUnit, int xfsStripeWidth, Duration deadline) {

    public static final MountSettings DEFAULTS =
            new MountSettings("/etc/fstab", "rw,inode64,noatime,nouuid", 0, 0, Duration.ofMinutes(10));
}
