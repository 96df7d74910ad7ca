package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Body of {@code POST /internal/faults}, and a file of rules. Of the rules that match a command, or a point, the first that is due acts.
 *
 * @param seed of all chance in them; 0 for a new one
 */
public record FaultRules(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long seed, List<FaultRule> rules) {

    public FaultRules {
        rules = Absent.list(rules);
    }
}
