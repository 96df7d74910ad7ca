package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer of {@code GET /db/check}: what in the records contradicts itself. */
public record ConsistencyReport(
        Section clusters,
        Section volumes,
        Section bricks,
        Section nodes,
        Section devices,
        @JsonProperty("blockvolumes") Section blockVolumes,
        @JsonProperty("dbattributes") Section attributes,
        @JsonProperty("pendingoperations") Section operations,
        @JsonProperty("totalinconsistencies") int totalInconsistencies) {

    public ConsistencyReport {
        clusters = Section.orNone(clusters);
        volumes = Section.orNone(volumes);
        bricks = Section.orNone(bricks);
        nodes = Section.orNone(nodes);
        devices = Section.orNone(devices);
        blockVolumes = Section.orNone(blockVolumes);
        attributes = Section.orNone(attributes);
        operations = Section.orNone(operations);
    }

    /**
     * One kind of entry.
     *
     * @param pending of the total, those that an operation is creating or deleting
     * @param notOk of the total, those with at least one inconsistency
     * @param inconsistencies for people; null when there are none
     */
    public record Section(
            int total,
            int pending,
            int ok,
            @JsonProperty("notok") int notOk,
            @Nullable List<String> inconsistencies) {

        public static final Section NONE = new Section(0, 0, 0, 0, null);

        public Section {
            inconsistencies = inconsistencies == null ? null : List.copyOf(inconsistencies);
        }

        /** The inconsistencies; empty when there are none. */
        public List<String> texts() {
            return inconsistencies == null ? List.of() : inconsistencies;
        }

        private static Section orNone(@Nullable Section section) {
            return section == null ? NONE : section;
        }
    }
}
