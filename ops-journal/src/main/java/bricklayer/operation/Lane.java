package bricklayer.operation;

import java.util.List;

/** Steps taken one after the other. */
public record Lane(List<Step> steps) {

    public Lane {
        steps = List.copyOf(steps);
    }

    public static Lane of(Step... steps) {
        return new Lane(List.of(steps));
    }

    /** The lane that removes what this one makes, in the opposite order. Steps that need no taking back are left out. */
    public Lane reversed() {
        return new Lane(steps.reversed().stream()
                .filter(step -> !step.undo().isEmpty())
                .map(Step::reversed)
                .toList());
    }
}
