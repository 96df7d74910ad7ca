package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Answer of {@code POST /reconcile/repair}, in the order of the request. */
public record RepairAnswer(List<Repair> repairs) {

    public RepairAnswer {
        repairs = Absent.list(repairs);
    }

    /**
     * The repair of one finding.
     *
     * @param kind of the operation
     * @param steps what it does, in order
     * @param refused why there is none; empty when there is
     * @param operation its id, for {@code GET /queue/{id}} and {@code GET /operations/{id}}; empty when it was only shown
     */
    public record Repair(
            String finding,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String kind,
            List<Step> steps,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String refused,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String operation) {

        public Repair {
            finding = Absent.text(finding);
            kind = Absent.text(kind);
            steps = Absent.list(steps);
            refused = Absent.text(refused);
            operation = Absent.text(operation);
        }
    }

    /**
     * @param hosts the commands are given on the first of them that can be reached; empty for a change of records
     */
    public record Step(String step, List<String> hosts, List<String> commands) {

        public Step {
            step = Absent.text(step);
            hosts = Absent.list(hosts);
            commands = Absent.list(commands);
        }
    }
}
