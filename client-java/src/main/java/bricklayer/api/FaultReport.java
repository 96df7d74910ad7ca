package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Answer of {@code /internal/faults}: the rules in force with what came of them, and the fault points that were passed since they were set.
 *
 * @param seed of all chance in the rules; sent with the same rules, it makes the same choices
 * @param points in the order in which they were first passed
 * @param pointsLeftOut points that were passed and are not in {@code points}, which is bounded
 */
public record FaultReport(
        long seed,
        List<InForce> rules,
        List<Passed> points,
        @JsonProperty("points_left_out") long pointsLeftOut) {

    public FaultReport {
        rules = Absent.list(rules);
        points = Absent.list(points);
    }

    /**
     * A rule.
     *
     * @param matched commands or points that it fits, whether or not it acted
     * @param acted how often it did
     */
    public record InForce(FaultRule rule, long matched, long acted) {}

    /** A fault point, and how often it was passed. */
    public record Passed(String point, long times) {

        public Passed {
            point = Absent.text(point);
        }
    }
}
