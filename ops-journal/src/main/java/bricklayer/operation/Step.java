package bricklayer.operation;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import java.util.List;
import java.util.Optional;

/**
 * One change on one host: how to see whether it is there, how to make it, how to take it back. A value; all it needs is in its fields,
 * because it is stored and may be carried out by a later process.
 *
 * <p>The commands are returned, not run, so that the same definition also serves the dry run, the manual and the tests. Steps are small: one observable effect
 * each. A step whose command can leave a half behind says so ({@link Effect#PARTIAL}). Each implementation is registered under a name and a version
 *, which are for ever.
 */
public interface Step {

    /** Stable and short: it appears in fault points, metrics, progress and the manual. */
    String name();

    /**
     * Where the commands may be given: the first that can be reached is used. One host for what lies on that host; several for what a whole cluster knows.
     * Not empty.
     */
    List<HostName> hosts();

    /** Asks whether the effect is there. Changes nothing. */
    Query<Effect> observe();

    /** From absent to present. Run one after the other, up to the first that fails. */
    List<Command> apply();

    /** From present or partial to absent. Empty for a step that needs no taking back. */
    List<Command> undo();

    /** Whether {@link #undo} can bring back what {@link #apply} changed. Where it cannot, the step must come after its plan's pivot. */
    default boolean reversible() {
        return true;
    }

    /** Whether applying after an undo restores everything (a stopped volume starts again; a removed file system stays empty). */
    default boolean restorable() {
        return false;
    }

    /** Whether the operation goes on without it when it fails; the failure is logged. For what is good to have and can be had later by hand. */
    default boolean optional() {
        return false;
    }

    /**
     * Whether it is looked at before it is applied, although nothing can have come of it yet: for what is so already in most cases, and whose commands refuse to make it so again.
     */
    default boolean looksFirst() {
        return false;
    }

    /**
     * Whether a refusal says that nothing was done and that the same command may well succeed in a moment, because somebody else was at it. It is then repeated a few
     * times before it counts.
     */
    default boolean transientRefusal(Exited refusal) {
        return false;
    }

    /**
     * What is told when it could not be made, before the reason: where callers know certain words for it, these.
     *
     * @param where the plan's kind and stage
     */
    default String failure(String where) {
        return "step " + where + "/" + name() + " failed";
    }

    /** Steps with the same queue run one at a time, in order of arrival, whatever operation they belong to. */
    default Optional<String> queue() {
        return Optional.empty();
    }

    /** The step that removes what this one makes. */
    default Step reversed() {
        return new Reversed(this);
    }
}
