package bricklayer.operation;

import bricklayer.store.Rows;
import java.util.List;

/**
 * What every plan gets on its way into the journal, whoever made it: row changes that follow from those it has. So what must happen whenever a row of some kind changes cannot be forgotten by one of the
 * planners.
 */
@FunctionalInterface
public interface PlanAmendment {

    /** Plans are recorded as they come. */
    PlanAmendment NONE = (rows, plan, changes) -> List.of();

    /**
     * Changes to make together with these, of rows that no other operation holds. Called inside the write that begins the operation; once for what comes before the plan's {@link Tail}, and once for the tail.
     *
     * @param plan as its planner made it
     * @param changes those before the tail, or those of the tail
     */
    List<RowChange> following(Rows rows, Plan plan, List<RowChange> changes);

    /** The plan with what follows from its changes. A plan that is a refusal stays as it is. */
    default Plan amend(Rows rows, Plan plan) {
        return plan.refusal().isPresent() ? plan : plan.amended(changes -> following(rows, plan, changes));
    }
}
