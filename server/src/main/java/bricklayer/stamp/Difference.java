package bricklayer.stamp;

import bricklayer.identity.GroupTags;
import bricklayer.identity.VolumeStamp;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.store.Rows;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a volume group or a gluster volume says otherwise than the records. Pure. */
public final class Difference {

    private static final int WORDS_MAX = 10;
    private static final int WORD_CHARACTERS_MAX = 400;

    private Difference() {}

    /**
     * Of the tags of a volume group.
     *
     * @param missing tags that are not there
     * @param stale tags of ours that are there, and not true any more
     */
    public record OfGroup(List<String> missing, List<String> stale) {}

    /**
     * Of the options of a gluster volume.
     *
     * @param wanted by name, those that are not there or say something else
     * @param there what those say that are there
     */
    public record OfVolume(Map<String, String> wanted, Map<String, String> there) {}

    /** @param tags of the device's volume group */
    public static Optional<OfGroup> ofGroup(Cluster cluster, Node node, Device device, Collection<String> tags) {
        List<String> wanted = GroupTags.of(cluster, node, device);
        Set<String> there = new HashSet<>(tags);
        Set<String> kept = new HashSet<>(wanted);
        List<String> missing =
                wanted.stream().filter(tag -> !there.contains(tag)).toList();
        List<String> stale =
                GroupTags.ours(tags).stream().filter(tag -> !kept.contains(tag)).toList();
        return missing.isEmpty() && stale.isEmpty() ? Optional.empty() : Optional.of(new OfGroup(missing, stale));
    }

    /** @param options all that are set on the volume, by name */
    public static Optional<OfVolume> ofVolume(Rows rows, Volume volume, Map<String, String> options) {
        Map<String, String> wanted = new TreeMap<>(wanted(rows, volume));
        wanted.entrySet().removeIf(option -> option.getValue().equals(options.get(option.getKey())));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> there = new TreeMap<>();
        wanted.keySet().stream().filter(options::containsKey).forEach(key -> there.put(key, options.get(key)));
        return Optional.of(new OfVolume(wanted, there));
    }

    /** For people: the first of them, and how many more there are. */
    public static String text(List<String> words, String none) {
        List<String> first = words.stream()
                .limit(WORDS_MAX)
                .map(word ->
                        word.length() > WORD_CHARACTERS_MAX ? word.substring(0, WORD_CHARACTERS_MAX) + "..." : word)
                .toList();
        return words.isEmpty()
                ? none
                : String.join(", ", first)
                        + (words.size() > WORDS_MAX ? ", and " + (words.size() - WORDS_MAX) + " more" : "");
    }

    static Map<String, String> wanted(Rows rows, Volume volume) {
        return VolumeStamp.of(
                volume, Inventory.bricksOf(rows, volume.id()), Inventory.blockVolumesOn(rows, volume.id()));
    }
}
