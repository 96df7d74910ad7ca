package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Answer of {@code GET /operations/{id}}: an operation, open or ended. What is empty is left out but for the first three.
 *
 * @param state {@code running}, {@code undoing}, {@code done}, {@code fell-short}, {@code undone} or {@code abandoned}
 * @param error why it is not, or will not be, done
 * @param resource where its result is found
 * @param obstacle what stood in the way of the last attempt, with host, command and stderr
 * @param attempts failed attempts so far
 * @param begun as in {@code 2026-11-21T14:00:00Z}
 * @param records of an abandoned one: {@code as-before} or {@code as-after}
 * @param leftovers of an abandoned one: what it may have left, and what it may not have done
 */
public record OperationInfo(
        String id,
        @JsonProperty("type_name") String typeName,
        String state,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String error,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String resource,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String obstacle,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int attempts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String begun,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String ended,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String records,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Leftover> leftovers) {

    public OperationInfo {
        id = Absent.text(id);
        typeName = Absent.text(typeName);
        state = Absent.text(state);
        error = Absent.text(error);
        resource = Absent.text(resource);
        obstacle = Absent.text(obstacle);
        begun = Absent.text(begun);
        ended = Absent.text(ended);
        records = Absent.text(records);
        leftovers = Absent.list(leftovers);
    }

    /**
     * One step that was not seen to be done, or taken back.
     *
     * @param hosts any of them knows of it
     * @param seen {@code present}, {@code partial}, {@code absent}, or {@code unknown} with the reason
     * @param commands what would put it right, one after the other, on one of the hosts
     */
    public record Leftover(List<String> hosts, String step, String seen, List<String> commands) {

        public Leftover {
            hosts = Absent.list(hosts);
            step = Absent.text(step);
            seen = Absent.text(seen);
            commands = Absent.list(commands);
        }
    }
}
