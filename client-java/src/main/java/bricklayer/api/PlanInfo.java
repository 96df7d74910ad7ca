package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of a change that was asked for with {@code ?dryRun=true}, and of {@code GET /plans/{id}}: what it would do. Nothing has been changed. What is empty is left out but for the first three.
 *
 * @param id names the plan for {@code POST /plans/{id}}
 * @param expires until when the server remembers it, as in {@code 2026-11-21T14:00:00Z}
 * @param kind the operation it would be
 * @param refusal why the operation would fail at once; empty when it would be carried out
 * @param resource where its result would be found
 * @param changes rows of the records, in the plan's order
 * @param space devices whose free space changes, ascending by id
 * @param checks what nodes are asked before anything is done, and once more before the point of no return
 * @param stages done one after the other; empty when the change is one write to the records, and for a series of operations
 * @param first of a series of operations: the one it would begin with; the others are planned when their turn comes
 * @param placement why each device was chosen or not; only for operations that choose among all devices of a cluster
 * @param risks sentences for people
 */
public record PlanInfo(
        String id,
        String expires,
        String kind,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String refusal,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String resource,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PendingOperationDetails.Change> changes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Space> space,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> checks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Stage> stages,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable First first,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Choice> placement,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> risks) {

    public PlanInfo {
        id = Absent.text(id);
        expires = Absent.text(expires);
        kind = Absent.text(kind);
        refusal = Absent.text(refusal);
        resource = Absent.text(resource);
        changes = Absent.list(changes);
        space = Absent.list(space);
        checks = Absent.list(checks);
        stages = Absent.list(stages);
        placement = Absent.list(placement);
        risks = Absent.list(risks);
    }

    /** One operation of a series; the members mean what they mean in the plan. */
    public record First(
            String kind,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PendingOperationDetails.Change> changes,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Space> space,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> checks,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Stage> stages) {

        public First {
            kind = Absent.text(kind);
            changes = Absent.list(changes);
            space = Absent.list(space);
            checks = Absent.list(checks);
            stages = Absent.list(stages);
        }
    }

    /** What is free on a device before and after. Node and device are ids. */
    public record Space(
            String device,
            String node,
            @JsonProperty("free_before_kib") long freeBeforeKiB,
            @JsonProperty("free_after_kib") long freeAfterKiB) {

        public Space {
            device = Absent.text(device);
            node = Absent.text(node);
        }
    }

    /**
     * Work that is done in lanes beside each other.
     *
     * @param name such as {@code bricks}
     * @param noReturn whether it can no longer be taken back once this stage has begun
     */
    public record Stage(
            String name, @JsonProperty("no_return") boolean noReturn, List<Lane> lanes) {

        public Stage {
            name = Absent.text(name);
            lanes = Absent.list(lanes);
        }
    }

    /** Steps taken one after the other. */
    public record Lane(List<Step> steps) {

        public Lane {
            steps = Absent.list(steps);
        }
    }

    /**
     * One effect on one host.
     *
     * @param hosts the first that can be reached is given the commands
     * @param commands one after the other
     */
    public record Step(String name, List<String> hosts, List<String> commands) {

        public Step {
            name = Absent.text(name);
            hosts = Absent.list(hosts);
            commands = Absent.list(commands);
        }
    }

    /** What became of one device when places were sought. Node and device are ids. */
    public record Choice(String device, String node, boolean chosen, String reason) {

        public Choice {
            device = Absent.text(device);
            node = Absent.text(node);
            reason = Absent.text(reason);
        }
    }
}
