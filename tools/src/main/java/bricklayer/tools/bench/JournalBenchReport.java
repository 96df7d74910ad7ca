package bricklayer.tools.bench;

import java.util.List;
import java.util.Locale;

/**
 * What the journal does on this machine. Only the ratios compare between machines.
 *
 * @param points medians, by number of writers
 * @param groupCommitRatio transactions a second with the most writers to those with one; the median of the rounds
 * @param bareLoopRatio how much of a bare loop's speed is reached that writes the same bytes with the same flushes, with the most writers; the median of
 *     the rounds
 */
public record JournalBenchReport(List<Point> points, double groupCommitRatio, double bareLoopRatio, int rounds) {

    public static final double GROUP_COMMIT_TARGET = 3.5;
    public static final double BARE_LOOP_TARGET = 0.8;

    /** One number of writers. */
    public record Point(
            int writers,
            double transactionsPerSecond,
            double flushesPerSecond,
            double bytesPerFlush,
            double bareFlushesPerSecond) {}

    public JournalBenchReport {
        points = List.copyOf(points);
    }

    public boolean meetsTargets() {
        return groupCommitRatio >= GROUP_COMMIT_TARGET && bareLoopRatio >= BARE_LOOP_TARGET;
    }

    public String text() {
        StringBuilder text = new StringBuilder("journal, durable write transactions (medians of " + rounds + ")\n");
        text.append("  writers  transactions/s  flushes/s  bytes/flush  bare flushes/s\n");
        for (Point point : points) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %7d  %14.0f  %9.0f  %11.0f  %14.0f%n",
                    point.writers(),
                    point.transactionsPerSecond(),
                    point.flushesPerSecond(),
                    point.bytesPerFlush(),
                    point.bareFlushesPerSecond()));
        }
        int most = points.isEmpty() ? 0 : points.getLast().writers();
        text.append(String.format(
                Locale.ROOT, "  %d writers to 1: %.2f (target %.1f)%n", most, groupCommitRatio, GROUP_COMMIT_TARGET));
        text.append(String.format(
                Locale.ROOT,
                "  to a bare loop with the same bytes and flushes, %d writers: %.2f (target %.1f)%n",
                most,
                bareLoopRatio,
                BARE_LOOP_TARGET));
        return text.toString();
    }
}
