package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an onlooker saw of the nodes at one moment.
 *
 * @param pictures all that the product could have changed, as text, by manage host name: equal texts, equal nodes. A line begins with what it is about, such as {@code lv
 *     GROUP/NAME}, {@code mount PATH}, {@code fstab DEVICE PATH} or {@code directory PATH}
 * @param volumes by name
 * @param rights of the bricks' own directories, by manage host name and path, joined by a colon
 */
public record Look(
        SortedMap<String, String> pictures,
        SortedMap<String, GlusterVolume> volumes,
        SortedMap<String, Rights> rights) {

    /** Where bricks are mounted. */
    public static final String MOUNTS = "/var/lib/heketi/mounts";

    /** Where gluster mounts the bricks of clones. */
    static final String CLONES = "/run/gluster/snaps";

    private static final Pattern OF_A_VOLUME = Pattern.compile("(?:(lv) (\\S+)|(mount) (" + MOUNTS
            + "\\S*|" + CLONES + "\\S*)|(fstab) \\S+ (" + MOUNTS + "\\S+)|(directory) :?(" + MOUNTS
            + "/[^/\\s]+/brick_[^/\\s]+|" + CLONES + "/[^/\\s]+/brick[^/\\s]+)).*");

    /**
     * A gluster volume as gluster tells it.
     *
     * @param type such as {@code replica 3}, {@code replica 3 arbiter 1}, {@code disperse 3 redundancy 1} or {@code distribute}
     * @param bricks each {@code storage host:path}, in gluster's order
     */
    public record GlusterVolume(
            String name, String status, String type, List<String> bricks, Map<String, String> options) {}

    public record Rights(long gid, String mode) {}

    /** What volumes have left on the nodes, one line each: logical volumes, mounts, fstab lines and mount points, behind the manage host name. */
    public SortedSet<String> traces() {
        SortedSet<String> traces = new TreeSet<>();
        pictures.forEach((host, picture) -> picture.lines().forEach(line -> {
            Matcher seen = OF_A_VOLUME.matcher(line);
            if (seen.matches()) {
                for (int kind = 1; kind < seen.groupCount(); kind += 2) {
                    if (seen.group(kind) != null) {
                        traces.add(host + " " + seen.group(kind) + " " + seen.group(kind + 1));
                    }
                }
            }
        }));
        return traces;
    }

    /** Gluster's names of the bricks of each volume, sorted. All volumes must be started. */
    public Map<String, List<String>> bricks() {
        Map<String, List<String>> bricks = new TreeMap<>();
        volumes.forEach((name, volume) -> {
            assertThat(volume.status()).as("status of %s", name).isEqualTo("Started");
            bricks.put(name, volume.bricks().stream().sorted().toList());
        });
        return bricks;
    }
}
