package bricklayer.http;

import bricklayer.api.FaultRules;
import bricklayer.injection.Injection;
import bricklayer.injection.RuleReader;
import bricklayer.injection.UnusableRules;
import bricklayer.problem.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /internal/faults}: what an operator makes go wrong, where the server was started with permission for that. */
public final class FaultRoutes implements Routes {

    private final Optional<Injection> injection;

    /** @param injection empty when it is not allowed */
    public FaultRoutes(Optional<Injection> injection) {
        this.injection = injection;
    }

    @Override
    public void mount(Router router) {
        router.get("/internal/faults", this::get)
                .post("/internal/faults", this::set)
                .delete("/internal/faults", this::clear);
    }

    private void get(Context ctx) {
        Replies.json(ctx, allowed().report());
    }

    private void set(Context ctx) {
        Injection allowed = allowed();
        try {
            allowed.set(RuleReader.read(Bodies.read(ctx, Map.class)));
        } catch (UnusableRules e) {
            throw Problem.of(400, "unusable-fault-rules", String.valueOf(e.getMessage()))
                    .detail("problems", e.problems())
                    .next("correct the rules and send them again; those that were in force still are");
        }
        get(ctx);
    }

    private void clear(Context ctx) {
        allowed().set(new FaultRules(0, List.of()));
        Replies.empty(ctx, 204);
    }

    private Injection allowed() {
        return injection.orElseThrow(() -> Problem.of(
                403,
                "fault-injection-off",
                "Fault injection is off. To allow it on a server for exercises, set bricklayer.fault_injection"
                        + " to true in its configuration, or start it with --allow-fault-injection"));
    }
}
