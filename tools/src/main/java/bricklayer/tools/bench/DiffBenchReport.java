package bricklayer.tools.bench;

import java.util.Locale;

/**
 * What one comparison of records and nodes cost.
 *
 * @param heapMib of the records, the simulated nodes and the server's own
 * @param roomMib of memory that was left for the comparison
 * @param peakMib the most that lived beside that after a collection while it ran
 * @param askedMib text that the nodes answered
 * @param drifts disagreements that were made
 * @param found those that were found
 */
public record DiffBenchReport(
        int clusters,
        int nodes,
        int volumes,
        int bricks,
        double seconds,
        double cpuSeconds,
        long heapMib,
        long roomMib,
        long peakMib,
        double commandsANode,
        long askedMib,
        int drifts,
        int found) {

    public static final double SECONDS_TARGET = 60;

    public boolean meetsTargets() {
        return seconds <= SECONDS_TARGET && found == drifts;
    }

    public String text() {
        return String.format(
                Locale.ROOT,
                """
                diff of %d clusters with %d nodes, %d volumes, %d bricks together
                  time                  %8.1f s (target %.0f s)
                  processor time        %8.1f s, the simulated nodes' own among it
                  commands a node       %8.2f
                  answers               %8d MiB
                  heap before           %8d MiB (records, simulated nodes)
                  room left for it      %8d MiB
                  most alive beside     %8d MiB
                  disagreements         %8d made, %d found
                """,
                clusters,
                nodes,
                volumes,
                bricks,
                seconds,
                SECONDS_TARGET,
                cpuSeconds,
                commandsANode,
                askedMib,
                heapMib,
                roomMib,
                peakMib,
                drifts,
                found);
    }
}
