package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code GET /operations/pending/{id}}: the operation and what it changes. What comes after {@code changes} is more than Heketi tells; it is left out where there is
 * nothing to tell.
 *
 * @param subStatus always empty here
 * @param obstacle what stood in the way of the last attempt, with host, command and stderr; empty before the first failure
 * @param attempts failed attempts so far
 * @param notBefore when the next attempt is due, as in {@code 2026-11-21T14:00:00Z}; empty when it runs, or is due at once
 * @param stage what is being done now; empty when nobody drives it
 * @param progress steps of the present attempt; null when nobody drives it
 * @param lanes what is done side by side in the present stage; empty when nobody drives it, or it is being taken back
 */
public record PendingOperationDetails(
        String id,
        @JsonProperty("type_name") String typeName,
        String status,
        @JsonProperty("sub_status") String subStatus,
        List<Change> changes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String obstacle,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int attempts,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("not_before")
        String notBefore,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) String stage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Progress progress,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Lane> lanes) {

    public PendingOperationDetails {
        id = Absent.text(id);
        typeName = Absent.text(typeName);
        status = Absent.text(status);
        subStatus = Absent.text(subStatus);
        changes = Absent.list(changes);
        obstacle = Absent.text(obstacle);
        notBefore = Absent.text(notBefore);
        stage = Absent.text(stage);
        lanes = Absent.list(lanes);
    }

    /** One of which nobody tells where it is at work. */
    public PendingOperationDetails(
            String id,
            String typeName,
            String status,
            String subStatus,
            List<Change> changes,
            String obstacle,
            int attempts,
            String notBefore,
            String stage,
            @Nullable Progress progress) {
        this(id, typeName, status, subStatus, changes, obstacle, attempts, notBefore, stage, progress, List.of());
    }

    /** One item of the operation: its id, and what happens to it in words such as {@code Add brick}. */
    public record Change(String id, String description) {

        public Change {
            id = Absent.text(id);
            description = Absent.text(description);
        }
    }

    /** Steps done of all steps. */
    public record Progress(
            @JsonProperty("steps_done") int stepsDone,
            @JsonProperty("steps_total") int stepsTotal) {}

    /**
     * Steps that are taken one after the other, beside those of other lanes.
     *
     * @param hosts of the present step; the command goes to one of them
     * @param step that is being taken; the last one when all are done
     */
    public record Lane(
            List<String> hosts,
            String step,
            @JsonProperty("steps_done") int stepsDone,
            @JsonProperty("steps_total") int stepsTotal) {

        public Lane {
            hosts = Absent.list(hosts);
            step = Absent.text(step);
        }
    }
}
