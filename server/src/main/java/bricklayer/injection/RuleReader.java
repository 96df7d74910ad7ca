package bricklayer.injection;

import bricklayer.api.FaultRule;
import bricklayer.api.FaultRules;
import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads rules. Unlike elsewhere an unknown member is refused: a rule with a misspelt condition would meet what it should not.
 */
public final class RuleReader {

    private static final List<String> TOP = List.of("seed", "rules");

    private RuleReader() {}

    /**
     * @param text {@code {"rules": [...]}}
     * @throws UnusableRules when it cannot be used, with all that is wrong
     */
    public static FaultRules read(String text) {
        try {
            return read(WireJson.read(text, Map.class));
        } catch (UnreadableJson e) {
            throw new UnusableRules(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** As {@link #read(String)}, of JSON that was taken apart before. */
    public static FaultRules read(Map<?, ?> json) {
        List<String> problems = new ArrayList<>();
        unknown(json, TOP, "the rules", problems);
        if (json.get("rules") instanceof List<?> rules) {
            for (int i = 0; i < rules.size(); i++) {
                String place = "rule " + (i + 1);
                if (rules.get(i) instanceof Map<?, ?> rule) {
                    unknown(rule, FaultRule.members(), place, problems);
                    if (rule.get("probability") instanceof Number given && given.doubleValue() == 0) {
                        problems.add(place + ": with a probability of 0 it never acts; leave the rule out");
                    }
                } else {
                    problems.add(place + " is not an object");
                }
            }
        } else {
            problems.add("rules is missing, or not a list");
        }
        if (!problems.isEmpty()) {
            throw new UnusableRules(problems);
        }
        try {
            FaultRules rules = WireJson.read(WireJson.write(json), FaultRules.class);
            Injection.check(rules);
            return rules;
        } catch (UnreadableJson e) {
            throw new UnusableRules(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void unknown(Map<?, ?> object, List<String> known, String place, List<String> problems) {
        object.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !known.contains(key) && !key.startsWith("_"))
                .forEach(key -> problems.add(
                        place + ": there is no member \"" + key + "\"; allowed is " + String.join(", ", known)));
    }
}
