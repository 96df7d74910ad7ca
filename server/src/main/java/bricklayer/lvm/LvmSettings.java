package bricklayer.lvm;

import java.time.Duration;
import java.util.List;

/**
 * How LVM is used on the nodes.
 *
 * @param program the words that start LVM: {@code /usr/sbin/lvm}, perhaps behind a wrapper
 * @param dataAlignment {@code pvcreate --dataalignment}
 * @param extentSize {@code vgcreate --physicalextentsize}
 * @param chunkSize {@code lvcreate --chunksize} of data bricks; arbiters always have 256K
 * @param backupMetadata {@code --autobackup}
 * @param deadline for each command
 */
public record LvmSettings(
        List<String> program,
        String dataAlignment,
        String extentSize,
        String chunkSize,
        boolean backupMetadata,
        Duration deadline) {

    public static final LvmSettings DEFAULTS =
            new LvmSettings(List.of("/usr/sbin/lvm"), "256K", "4M", "256K", false, Duration.ofMinutes(10));

    public LvmSettings {
        program = List.copyOf(program);
    }
}
