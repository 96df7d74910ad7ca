package bricklayer.plan;

import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.operation.Operation;
import bricklayer.volume.NoPlan;
import io.javalin.http.Context;

/** {@code /plans}: what requests with {@code dryRun=true} were answered, and doing it. */
public final class PlanRoutes implements Routes {

    private final Plans plans;

    public PlanRoutes(Plans plans) {
        this.plans = plans;
    }

    @Override
    public void mount(Router router) {
        router.get("/plans/{id}", this::show).post("/plans/{id}", this::carryOut);
    }

    private void show(Context ctx) {
        String id = ctx.pathParam("id");
        Replies.json(ctx, plans.find(id).orElseThrow(() -> Plans.unknown(id)));
    }

    private void carryOut(Context ctx) {
        String id = ctx.pathParam("id");
        NoPlan.toldWith("plan " + id + " no longer holds: ", () -> {
            Operation begun = plans.carryOut(id);
            Replies.accepted(ctx, begun.id().value());
        });
    }
}
