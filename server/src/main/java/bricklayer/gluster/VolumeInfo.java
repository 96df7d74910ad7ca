package bricklayer.gluster;

import java.util.List;
import java.util.Map;

/**
 * What {@code gluster volume info} says about one volume.
 *
 * @param status {@code Created}, {@code Started} or {@code Stopped}
 * @param brickNames {@code host:path}, in gluster's order: consecutive groups are brick sets
 * @param options those that were set, not the defaults
 */
public record VolumeInfo(String name, String id, String status, List<String> brickNames, Map<String, String> options) {

    public VolumeInfo {
        brickNames = List.copyOf(brickNames);
        options = Map.copyOf(options);
    }

    /** Whether it has one of these bricks. Bricks are never used twice, so a volume of the same name that has none is another one. */
    public boolean hasAnyOf(List<String> bricks) {
        return brickNames.stream().anyMatch(bricks::contains);
    }

    public boolean isStarted() {
        return status.equals("Started");
    }
}
