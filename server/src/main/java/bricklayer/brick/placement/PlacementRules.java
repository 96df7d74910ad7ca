package bricklayer.brick.placement;

import bricklayer.brick.ArbiterBrick;
import java.util.Objects;
import java.util.Set;

/**
 * What holds for each brick of a volume, whether it is placed at create, at expand or as a replacement.
 *
 * @param snapshotFactor 1 where snapshots are off
 * @param averageFileKiB at least 1; used for arbiter volumes only
 * @param excludedNodes not to be used this time, because they failed in an earlier try; may name nodes that are gone
 */
public record PlacementRules(
        ZoneRule zones,
        TagRule tags,
        float snapshotFactor,
        long averageFileKiB,
        Set<String> excludedNodes,
        Set<String> excludedDevices) {

    public static final PlacementRules DEFAULTS = new PlacementRules(
            ZoneRule.NONE, TagRule.ANY, 1, ArbiterBrick.DEFAULT_AVERAGE_FILE_KIB, Set.of(), Set.of());

    public PlacementRules {
        Objects.requireNonNull(zones, "zones");
        Objects.requireNonNull(tags, "tags");
        if (!(snapshotFactor >= 1) || averageFileKiB < 1) {
            throw new IllegalArgumentException(
                    "snapshot factor " + snapshotFactor + ", average file of " + averageFileKiB + " KiB");
        }
        excludedNodes = Set.copyOf(excludedNodes);
        excludedDevices = Set.copyOf(excludedDevices);
    }

    public PlacementRules withZones(ZoneRule rule) {
        return new PlacementRules(rule, tags, snapshotFactor, averageFileKiB, excludedNodes, excludedDevices);
    }

    public PlacementRules withTags(TagRule rule) {
        return new PlacementRules(zones, rule, snapshotFactor, averageFileKiB, excludedNodes, excludedDevices);
    }

    public PlacementRules withSnapshotFactor(float factor) {
        return new PlacementRules(zones, tags, factor, averageFileKiB, excludedNodes, excludedDevices);
    }

    public PlacementRules withAverageFileKiB(long kib) {
        return new PlacementRules(zones, tags, snapshotFactor, kib, excludedNodes, excludedDevices);
    }

    /** In place of those that were left out before. */
    public PlacementRules without(Set<String> nodes, Set<String> devices) {
        return new PlacementRules(zones, tags, snapshotFactor, averageFileKiB, nodes, devices);
    }
}
