package bricklayer.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one run found.
 *
 * @param findings those that an operation explains among them
 * @param unknown parts that nobody could tell about, and why
 */
public record DriftReport(Instant began, Duration took, int nodes, List<Aged> findings, List<Gap> unknown) {

    public DriftReport {
        findings = List.copyOf(findings);
        unknown = List.copyOf(unknown);
    }

    /** How many findings no operation explains. */
    public long unexplained() {
        return findings.stream()
                .filter(aged -> aged.finding().explainedBy().isEmpty())
                .count();
    }

    /** How many nodes there are of which something is not known. */
    public int unknownNodes() {
        return (int) unknown.stream()
                .map(Gap::what)
                .filter(what -> what.startsWith(Gap.NODE))
                .distinct()
                .count();
    }

    /** @param firstSeen by this process, while it was there in each run since */
    public record Aged(Finding finding, Instant firstSeen) {}

    /**
     * A part that is neither right nor wrong.
     *
     * @param what a node's or cluster's id, with the word before it
     */
    public record Gap(String what, String why) {

        /** Begins {@link #what} of a node. */
        static final String NODE = "node ";
    }
}
