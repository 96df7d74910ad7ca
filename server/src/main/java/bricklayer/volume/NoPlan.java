package bricklayer.volume;

import bricklayer.operation.RowHeld;
import bricklayer.problem.Problem;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A sound request for which no plan can be made, with the reason in Heketi's words. What stood against each device is worked out only when the answer is written: that
 * takes longer than planning, and planning holds the write lock.
 */
public final class NoPlan extends RuntimeException {

    /** More than the old clients are told. */
    public record Explanation(Map<String, Object> details, String next) {}

    private final String type;
    private final transient Supplier<Explanation> explanation;

    NoPlan(String type, String reason, Supplier<Explanation> explanation) {
        super(reason, null, false, false);
        this.type = type;
        this.explanation = explanation;
    }

    public NoPlan(String type, String reason, String next) {
        this(type, reason, () -> new Explanation(Map.of(), next));
    }

    Explanation explanation() {
        return explanation.get();
    }

    /** Runs a submission. Refusals of planning are told the way Heketi tells them: 500, with the call's prefix. */
    public static void toldWith(String prefix, Runnable submission) {
        try {
            submission.run();
        } catch (NoPlan why) {
            throw why.asProblem(prefix);
        } catch (RowHeld held) {
            throw Problem.planning("conflict", prefix + Problem.inUse().text())
                    .causedBy(held)
                    .detail("operation", held.holder().value())
                    .next("wait until operation " + held.holder() + " has ended");
        }
    }

    private Problem asProblem(String prefix) {
        Explanation more = explanation();
        Problem problem = Problem.planning(type, prefix + getMessage()).next(more.next());
        for (Map.Entry<String, Object> detail : more.details().entrySet()) {
            problem = problem.detail(detail.getKey(), detail.getValue());
        }
        return problem;
    }
}
