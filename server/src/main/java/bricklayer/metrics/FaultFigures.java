package bricklayer.metrics;

import java.util.Map;

/**
 * Faults on purpose.
 *
 * @param rules in force
 * @param acted how often, by the name of the rule, since the rules were set
 */
public record FaultFigures(boolean allowed, int rules, Map<String, Long> acted) {

    public static final FaultFigures OFF = new FaultFigures(false, 0, Map.of());

    public FaultFigures {
        acted = Map.copyOf(acted);
    }
}
