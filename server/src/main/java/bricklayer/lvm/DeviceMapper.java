package bricklayer.lvm;

import java.util.Optional;

/** Names of logical volumes under {@code /dev/mapper}. Group and volume are separated by a dash there, so dashes inside them are doubled. */
public final class DeviceMapper {

    private DeviceMapper() {}

    public static String path(String group, String volume) {
        return prefix(group) + doubled(volume);
    }

    /** The logical volume of a group that a device is; empty for any other device. */
    public static Optional<String> volumeOf(String group, String device) {
        String prefix = prefix(group);
        if (!device.startsWith(prefix)) {
            return Optional.empty();
        }
        String volume = device.substring(prefix.length()).replace("--", "-");
        return Optional.of(volume)
                .filter(name -> !name.isEmpty() && path(group, name).equals(device));
    }

    private static String prefix(String group) {
        return "/dev/mapper/" + doubled(group) + "-";
    }

    private static String doubled(String name) {
        return name.replace("-", "--");
    }
}
