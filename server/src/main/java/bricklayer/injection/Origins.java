package bricklayer.injection;

import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Plan;
import bricklayer.operation.Stage;
import bricklayer.operation.Step;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the step that a command belongs to: the guard names operation, stage and lane, and the plan is in the records. */
public final class Origins {

    /** As the operation runner makes guards. */
    private static final Pattern GUARD = Pattern.compile("([0-9a-f]+)-(\\d{1,9})-(\\d{1,9})");

    private final Supplier<Rows> rows;

    public Origins(Supplier<Rows> rows) {
        this.rows = rows;
    }

    public Origin of(Guard guard, Command command) {
        Matcher parts = GUARD.matcher(guard.value());
        if (!parts.matches()) {
            return Origin.UNKNOWN;
        }
        Optional<Operation> operation = rows.get()
                .get(Operation.TABLE, new OperationId(parts.group(1)))
                .filter(found -> found.state().open());
        if (operation.isEmpty()) {
            return Origin.UNKNOWN;
        }
        Plan plan = operation.get().openPlan();
        int stageNumber = Integer.parseInt(parts.group(2));
        int laneNumber = Integer.parseInt(parts.group(3));
        if (stageNumber >= plan.stages().size()) {
            return new Origin(plan.kind(), "", "");
        }
        Stage stage = plan.stages().get(stageNumber);
        List<Step> steps = laneNumber < stage.lanes().size()
                ? stage.lanes().get(laneNumber).steps()
                : List.of();
        return new Origin(plan.kind(), stage.name(), step(steps, command));
    }

    private static String step(List<Step> steps, Command command) {
        for (Step step : steps) {
            if (step.apply().contains(command)) {
                return step.name();
            }
        }
        for (Step step : steps) {
            if (step.undo().contains(command)) {
                return "undo-" + step.name();
            }
        }
        return "";
    }
}
