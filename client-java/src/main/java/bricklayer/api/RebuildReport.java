package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Answer of {@code POST /rebuild}: what was made again from the nodes.
 *
 * @param sources the nodes that were asked
 * @param findings what could not be known, and where nodes contradict each other
 * @param whole whether every node answered, and all that they hold is in the records
 * @param written whether the records were taken over, or only shown
 */
public record RebuildReport(
        int clusters,
        int nodes,
        int devices,
        int volumes,
        int bricks,
        @JsonProperty("blockvolumes") int blockVolumes,
        List<Source> sources,
        List<Finding> findings,
        boolean whole,
        boolean written) {

    public RebuildReport {
        sources = Absent.list(sources);
        findings = Absent.list(findings);
    }

    /** The same, about records that were taken over. */
    public RebuildReport asWritten() {
        return new RebuildReport(
                clusters, nodes, devices, volumes, bricks, blockVolumes, sources, findings, whole, true);
    }

    /**
     * A node that was asked.
     *
     * @param node its id; empty when nothing on it says it
     * @param trouble why it could not be asked; empty when it could
     */
    public record Source(String host, String node, int devices, String trouble) {

        public Source {
            node = Absent.text(node);
            trouble = Absent.text(trouble);
        }
    }

    /**
     * Something that a person should know.
     *
     * @param kind {@code contradiction}: nodes say different things; {@code missing}: it is not in the records; {@code incomplete}: it is, but not all of it; {@code note}
     */
    public record Finding(String kind, String object, String text) {}
}
