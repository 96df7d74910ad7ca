package bricklayer.plan;

import bricklayer.api.PlanInfo;
import bricklayer.http.DryRuns;
import bricklayer.inventory.KnownDown;
import bricklayer.operation.Ids;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.operation.Plan;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Plans that were shown, and carries them out. Kept in memory, so a restart forgets them; thread-safe.
 *
 * <p>A kept plan is not carried out as it is. It is planned again with the same chance, inside the write that begins it: where nothing it depends on has changed, the same plan comes of it,
 * ids and places included, and where another does, the request is refused.
 */
public final class Plans implements DryRuns {

    private final Store store;
    private final Operations operations;
    private final ReplayableChance chance;
    private final RandomGenerator seeds;
    private final Ids ids;
    private final InstantSource clock;
    private final Settings settings;
    private final PlanView view;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /**
     * @param keep how long a plan can be carried out
     * @param max when more are kept, the oldest are forgotten
     */
    public record Settings(Duration keep, int max) {

        public static final Settings DEFAULTS = new Settings(Duration.ofHours(1), 200);
    }

    /**
     * @param chance that planners draw from
     * @param source of seeds and names of plans; another than {@code chance}
     */
    public Plans(
            Store store,
            Operations operations,
            ReplayableChance chance,
            RandomGenerator source,
            InstantSource clock,
            Settings settings,
            KnownDown down) {
        this.store = store;
        this.operations = operations;
        this.chance = chance;
        this.seeds = source;
        this.ids = new Ids(source);
        this.clock = clock;
        this.settings = settings;
        this.view = new PlanView(down);
    }

    /** One plan, and the operation that came of it. Guarded by itself. */
    private static final class Kept {

        private final long seed;
        private final Request how;
        private final Planner planner;
        private final Plan plan;
        private final PlanInfo shown;
        private final Instant expires;
        private @Nullable OperationId operation;

        Kept(long seed, Request how, Planner planner, Plan plan, PlanInfo shown, Instant expires) {
            this.seed = seed;
            this.how = how;
            this.planner = planner;
            this.plan = plan;
            this.shown = shown;
            this.expires = expires;
        }
    }

    @Override
    public PlanInfo plan(Request how, Planner planner, Explanation explanation) {
        long seed = seeds.nextLong();
        Rows rows = store.rows();
        Plan plan = chance.from(seed, () -> operations.plan(planner));
        Optional<Plan> first = chance.from(seed, () -> operations.firstOf(plan));
        List<PlanInfo.Choice> placement = chance.from(seed, () -> explanation.apply(rows));
        Instant expires = clock.instant().plus(settings.keep());
        PlanInfo shown = view.show(ids.next(), expires, plan, first, placement, rows);
        keep(new Kept(seed, how, planner, plan, shown, expires));
        return shown;
    }

    private void keep(Kept plan) {
        synchronized (kept) {
            forgetExpired();
            while (kept.size() >= settings.max()) {
                kept.remove(kept.keySet().iterator().next());
            }
            kept.put(plan.shown.id(), plan);
        }
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        kept.values().removeIf(plan -> plan.expires.isBefore(now));
    }

    /** What was shown; empty when it is not, or no longer, remembered. */
    Optional<PlanInfo> find(String id) {
        return kept(id).map(plan -> plan.shown);
    }

    private Optional<Kept> kept(String id) {
        synchronized (kept) {
            forgetExpired();
            return Optional.ofNullable(kept.get(id));
        }
    }

    /**
     * Begins what the plan says. However often it is asked, the plan is carried out once.
     *
     * @throws Problem 404 when the plan is not remembered; 409 when it would be another by now
     * @throws RuntimeException what submitting the original request would throw
     */
    Operation carryOut(String id) {
        Kept plan = kept(id).orElseThrow(() -> unknown(id));
        synchronized (plan) {
            if (plan.operation == null) {
                plan.operation = operations.submit(plan.how, (rows, attempt) -> {
                    if (attempt.number() > 1) {
                        return plan.planner.plan(rows, attempt);
                    }
                    Plan now = chance.from(plan.seed, () -> plan.planner.plan(rows, attempt));
                    if (!now.equals(plan.plan)) {
                        throw changed(id, plan.plan, now);
                    }
                    return now;
                });
            }
            OperationId begun = plan.operation;
            return operations.find(begun).orElseThrow(() -> unknown(id));
        }
    }

    static Problem unknown(String id) {
        return Problem.notFound("Id not found: " + id)
                .next(
                        "plans are forgotten after a while and by a restart of the server; ask for a new one with dryRun=true");
    }

    private static Problem changed(String id, Plan before, Plan now) {
        return Problem.conflict("plan " + id + " no longer holds: " + String.join(", ", differences(before, now)))
                .about(before.kind())
                .next("nothing was done; ask for a new plan with dryRun=true");
    }

    private static Collection<String> differences(Plan before, Plan now) {
        List<String> differences = new ArrayList<>();
        if (!now.changes().equals(before.changes())) {
            differences.add("it would change other rows of the records");
        }
        if (!now.stages().equals(before.stages())) {
            differences.add("it would do something else on nodes");
        }
        return differences.isEmpty() ? List.of("something it depends on has changed") : differences;
    }
}
