package bricklayer.lvm;

import java.util.List;

/**
 * A volume group as LVM shows it.
 *
 * @param sizeKiB without LVM's own metadata
 */
public record VgSeen(String name, String uuid, long sizeKiB, long freeKiB, long extentKiB, List<String> tags) {

    public VgSeen {
        tags = List.copyOf(tags);
    }
}
