package bricklayer.volume;

import bricklayer.api.BrickEvictRequest;
import bricklayer.http.Bodies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Volume;
import bricklayer.operation.Attempt;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.Refused;
import bricklayer.operation.Request;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code /bricks}. */
public final class BrickRoutes implements Routes {

    /** A new brick that cannot be made on one node may be made on another. */
    private static final int TRIES = 3;

    private final Store store;
    private final Submissions submissions;
    private final EvictionPlans plans;

    public BrickRoutes(Store store, Submissions submissions, EvictionPlans plans) {
        this.store = store;
        this.submissions = submissions;
        this.plans = plans;
    }

    @Override
    public void mount(Router router) {
        router.post("/bricks/to-evict/{id}", this::evict);
    }

    private void evict(Context ctx) {
        BrickEvictRequest request =
                Bodies.readOptional(ctx, BrickEvictRequest.class).orElse(new BrickEvictRequest(""));
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("healcheck", Rules.healCheck(request.healCheck()))
                .orThrow();
        BrickId id = new BrickId(ctx.pathParam("id"));
        boolean healCheck = Rules.wantsHealCheck(request.healCheck());
        Rows before = store.rows();
        if (before.get(Brick.TABLE, id)
                .filter(brick -> Inventory.isMember(before, brick))
                .isEmpty()) {
            throw Problem.notFound();
        }
        submissions.accept(
                ctx, Request.COUNTED.withTries(TRIES), request, (rows, attempt) -> plan(rows, id, healCheck, attempt));
    }

    /** Heketi looks for a new place in the background, so callers expect to hear there that there is none. */
    private Plan plan(Rows rows, BrickId id, boolean healCheck, Attempt attempt) {
        Brick brick = rows.get(Brick.TABLE, id).orElseThrow(Problem::notFound);
        refuseHeld(Operation.holding(rows, Brick.TABLE, id), "Can not evict brick " + id + ": brick is pending");
        refuseHeld(
                Operation.holding(rows, Volume.TABLE, brick.volume()),
                "Can not evict brick " + id + " from volume " + brick.volume() + ": volume has pending bricks");
        try {
            return plans.evict(rows, id, healCheck, attempt);
        } catch (NoPlan | Refused why) {
            if (attempt.number() > 1) {
                throw why;
            }
            return Plan.of(Inventory.EVICT_BRICK)
                    .refused(String.valueOf(why.getMessage()))
                    .build();
        }
    }

    private static void refuseHeld(Optional<Operation> holder, String why) {
        holder.ifPresent(operation -> {
            throw Problem.planning("conflict", "Failed to set up brick eviction: " + why)
                    .detail("operation", operation.id().value())
                    .next("wait until operation " + operation.id() + " (" + operation.kind() + ") has ended");
        });
    }
}
