package bricklayer.reconcile;

import bricklayer.api.Drift;
import bricklayer.api.LastDrift;
import bricklayer.api.RepairAnswer;
import bricklayer.api.RepairRequest;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.operation.Attempt;
import bricklayer.operation.CannotSteer;
import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.operation.Plan;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.operation.RowHeld;
import bricklayer.operation.Stage;
import bricklayer.operation.Step;
import bricklayer.operation.TooManyOperations;
import bricklayer.operation.Wish;
import bricklayer.problem.Problem;
import bricklayer.reconcile.DriftReport.Aged;
import bricklayer.reconcile.DriftReport.Gap;
import bricklayer.reconcile.Finding.Fact;
import bricklayer.reconcile.Reconciler.Scope;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /reconcile}: what differs between records and nodes, told while it is found; {@code /reconcile/repair}: the cure, shown or begun. */
public final class ReconcileRoutes implements Routes {

    private static final int REPAIRS_MAX = 1000;

    private final Store store;
    private final Operations operations;
    private final Reconciler reconciler;
    private final Repairs repairs;
    private final Adopting adopting;
    private final Standing standing;
    private final DriftWatch watch;

    /** Makes the operation that takes over a volume that no record names. Asks nodes. */
    @FunctionalInterface
    public interface Adopting {
        Planner adoption(Rows rows, ClusterId cluster, String volume);
    }

    public ReconcileRoutes(
            Store store,
            Operations operations,
            Reconciler reconciler,
            Repairs repairs,
            Adopting adopting,
            Standing standing,
            DriftWatch watch) {
        this.adopting = adopting;
        this.standing = standing;
        this.watch = watch;
        this.store = store;
        this.operations = operations;
        this.reconciler = reconciler;
        this.repairs = repairs;
    }

    @Override
    public void mount(Router router) {
        router.get("/reconcile", this::compare)
                .get("/reconcile/last", this::last)
                .post("/reconcile/repair", this::repair);
    }

    private void compare(Context ctx) {
        Scope scope = scope(ctx);
        Replies.jsonLines(ctx, lines -> {
            AtomicInteger explained = new AtomicInteger();
            DriftReport report = reconciler.run(scope, new Reconciler.Listener() {
                @Override
                public void looked(NodeId node, int done, int of, String trouble) {
                    lines.line(Drift.of(new Drift.Looked(node.value(), done, of, trouble)));
                }

                @Override
                public void found(Aged finding) {
                    if (finding.finding().explainedBy().isPresent()) {
                        explained.incrementAndGet();
                    }
                    lines.line(Drift.of(onTheWire(finding)));
                }

                @Override
                public void unknown(Gap gap) {
                    lines.line(Drift.of(new Drift.Gap(gap.what(), gap.why())));
                }
            });
            lines.line(Drift.of(new Drift.End(
                    report.nodes(),
                    report.findings().size() - explained.get(),
                    explained.get(),
                    report.unknown().size(),
                    report.took().toMillis())));
        });
    }

    private void last(Context ctx) {
        DriftReport report = reconciler
                .last()
                .orElseThrow(
                        () -> Problem.notFound("Nothing was compared since this server started")
                                .next(
                                        "GET /reconcile compares now; bricklayer.reconcile.period_minutes lets it be done by itself"));
        Replies.json(
                ctx,
                new LastDrift(
                        report.began().toString(),
                        report.took().toMillis(),
                        report.nodes(),
                        standing.findings().size(),
                        report.findings().stream()
                                .map(ReconcileRoutes::onTheWire)
                                .toList(),
                        report.unknown().stream()
                                .map(gap -> new Drift.Gap(gap.what(), gap.why()))
                                .toList(),
                        watch.next().map(Instant::toString).orElse("")));
    }

    private Scope scope(Context ctx) {
        Rows rows = store.rows();
        Optional<ClusterId> cluster =
                Optional.ofNullable(ctx.queryParam("cluster")).map(ClusterId::new);
        Optional<NodeId> node = Optional.ofNullable(ctx.queryParam("node")).map(NodeId::new);
        cluster.filter(id -> rows.get(Cluster.TABLE, id).isEmpty()).ifPresent(id -> {
            throw Problem.notFound("Cluster id does not exist").about("cluster " + id);
        });
        node.filter(id -> rows.get(Node.TABLE, id).isEmpty()).ifPresent(id -> {
            throw Problem.notFound("Node id does not exist").about("node " + id);
        });
        return new Scope(cluster, node);
    }

    public static Drift.Finding onTheWire(Aged aged) {
        Finding finding = aged.finding();
        return new Drift.Finding(
                finding.id(),
                finding.kind().wire(),
                finding.cluster().value(),
                finding.node().map(NodeId::value).orElse(""),
                finding.object(),
                finding.kind().about(),
                finding.evidence(),
                finding.kind().risk().name().toLowerCase(Locale.ROOT),
                finding.kind().repair(),
                aged.firstSeen().toString(),
                finding.explainedBy().orElse(""));
    }

    private void repair(Context ctx) {
        RepairRequest request = Bodies.read(ctx, RepairRequest.class);
        if (request.findings().isEmpty() || request.findings().size() > REPAIRS_MAX) {
            throw Problem.invalid("findings: name 1 to " + REPAIRS_MAX + " of them")
                    .next("GET /reconcile lists findings with their ids");
        }
        List<RepairAnswer.Repair> answers = new ArrayList<>();
        for (String id : request.findings()) {
            answers.add(repair(id, request));
        }
        Replies.json(ctx, new RepairAnswer(answers));
    }

    private RepairAnswer.Repair repair(String id, RepairRequest request) {
        Optional<Aged> found = reconciler.find(id);
        if (found.isEmpty()) {
            return refused(id, "there is no such finding: compare first (GET /reconcile), and use an id from there");
        }
        Finding finding = found.get().finding();
        if (finding.explainedBy().isPresent() && finding.kind() != FindingKind.ABANDONED) {
            return refused(
                    id, "operation " + finding.explainedBy().get() + " explains it: wait for its end, or steer it");
        }
        try {
            if (finding.kind() == FindingKind.ABANDONED) {
                return resume(id, finding, request.plan());
            }
            Planner planner = planner(finding, request.withFiles());
            Plan shown = planner.plan(store.rows(), Attempt.FIRST);
            if (shown.refusal().isPresent()) {
                return refused(id, shown.refusal().get());
            }
            if (request.plan()) {
                return new RepairAnswer.Repair(id, shown.kind(), steps(shown), "", "");
            }
            OperationId operation = operations.submit(Request.COUNTED, planner);
            standing.repairing(found.get(), operation);
            return new RepairAnswer.Repair(id, shown.kind(), steps(shown), "", operation.value());
        } catch (CannotRepair | RowHeld | TooManyOperations | CannotSteer e) {
            return refused(id, String.valueOf(e.getMessage()));
        } catch (Problem e) {
            return refused(id, e.text());
        }
    }

    private Planner planner(Finding finding, boolean withFiles) {
        return finding.kind() == FindingKind.VOLUME_ORPHAN
                ? adopting.adoption(store.rows(), finding.cluster(), finding.object())
                : (rows, attempt) -> repairs.plan(rows, finding, withFiles);
    }

    private RepairAnswer.Repair resume(String id, Finding finding, boolean plan) {
        OperationId target = new OperationId(finding.facts().getOrDefault(Fact.OPERATION, ""));
        List<RepairAnswer.Step> steps = operations.find(target).stream()
                .flatMap(operation -> operation.abandoned().stream())
                .flatMap(abandoned -> abandoned.leftovers().stream())
                .map(left -> new RepairAnswer.Step(
                        left.step(),
                        left.hosts().stream().map(host -> host.value()).toList(),
                        left.commands()))
                .toList();
        String operation = plan
                ? ""
                : operations.steer(Request.UNCOUNTED, target, Wish.RESUME).value();
        return new RepairAnswer.Repair(id, "resume-operation", steps, "", operation);
    }

    private static RepairAnswer.Repair refused(String id, String why) {
        return new RepairAnswer.Repair(id, "", List.of(), why, "");
    }

    private static List<RepairAnswer.Step> steps(Plan plan) {
        List<RepairAnswer.Step> steps = new ArrayList<>();
        for (Stage stage : plan.stages()) {
            for (Step step : stage.steps()) {
                steps.add(new RepairAnswer.Step(
                        stage.name() + "/" + step.name(),
                        step.hosts().stream().map(host -> host.value()).toList(),
                        step.apply().stream().map(command -> command.toString()).toList()));
            }
        }
        plan.changes().stream()
                .filter(change -> !(change instanceof bricklayer.operation.RowChange.Hold))
                .forEach(change -> steps.add(new RepairAnswer.Step(
                        "records/"
                                + change.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                                + " "
                                + change.table().name()
                                + " "
                                + change.key().value(),
                        List.of(),
                        List.of())));
        return steps;
    }
}
