package bricklayer.volume;

import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.PlanInfo;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeExpandRequest;
import bricklayer.brick.Durability;
import bricklayer.brick.InvalidRequest;
import bricklayer.brick.SizeLimits;
import bricklayer.brick.placement.PlacementOptions;
import bricklayer.brick.placement.Verdict;
import bricklayer.http.Bodies;
import bricklayer.http.DryRuns;
import bricklayer.http.IdPage;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Operation;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code /volumes}. Checks requests in Heketi's order, hands them to {@link VolumePlans}, and answers. */
public final class VolumeRoutes implements Routes {

    private static final long GID_MAX = 2_147_483_646L;
    private static final String DATABASE_VOLUME = "heketidbstorage";

    private final Store store;
    private final Submissions submissions;
    private final VolumePlans plans;
    private final ClonePlans clonePlans;
    private final DeleteCheck deleteCheck;
    private final VolumeLimits limits;

    public VolumeRoutes(
            Store store,
            Submissions submissions,
            VolumePlans plans,
            ClonePlans clonePlans,
            DeleteCheck deleteCheck,
            VolumeLimits limits) {
        this.store = store;
        this.submissions = submissions;
        this.plans = plans;
        this.clonePlans = clonePlans;
        this.deleteCheck = deleteCheck;
        this.limits = limits;
    }

    @Override
    public void mount(Router router) {
        router.post("/volumes", this::create)
                .get("/volumes", this::list)
                .get("/volumes/{id}", this::info)
                .post("/volumes/{id}/expand", this::expand)
                .post("/volumes/{id}/block-restriction", this::restrict)
                .post("/volumes/{id}/clone", this::cloneVolume)
                .delete("/volumes/{id}", this::delete);
    }

    private void create(Context ctx) {
        VolumeCreateRequest request = Bodies.read(ctx, VolumeCreateRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        check(request, store.rows());
        Submissions.Recognition recognition = submissions.recognise(ctx, request, request.gid());
        if (recognition.answered()) {
            return;
        }
        submit(
                ctx,
                Request.COUNTED.withTries(limits.createTries()).withKey(recognition.key()),
                request,
                "Failed to allocate new volume: ",
                (rows, attempt) -> plans.create(rows, request, attempt),
                rows -> choices(plans.explainCreate(rows, request)));
    }

    private void check(VolumeCreateRequest request, Rows rows) {
        new Validation()
                .field("size", Rules.required(request.sizeGiB()), Rules.atLeast(request.sizeGiB(), 1))
                .field("name", Rules.volumeName(request.name()))
                .orThrow();
        refuseDash(request.name());
        if (request.gid() < 0) {
            throw Problem.invalid("Bad group id less than zero");
        }
        if (request.gid() > GID_MAX) {
            throw Problem.invalid("Bad group id equal or greater than 2**32")
                    .next("the largest group id is " + GID_MAX);
        }
        // In Heketi's order: type, snapshot factor, then the numbers of the durability.
        if (!List.of("", "none", "replicate", "disperse")
                .contains(request.durability().type())) {
            throw Problem.invalid("Unknown durability type");
        }
        float factor = request.snapshot().factor();
        if (request.snapshot().enable() && !(factor >= 1 && factor <= 100)) {
            throw Problem.invalid("Invalid snapshot factor").next("give snapshot.factor a value from 1 to 100");
        }
        VolumeOptions.validate(request.glusterVolumeOptions());
        Durability durability = durabilityOf(request);
        if (rows.count(Cluster.TABLE) == 0) {
            throw Problem.invalid("No clusters configured").next("create a cluster and load a topology");
        }
        for (String cluster : request.clusters()) {
            if (rows.get(Cluster.TABLE, new ClusterId(cluster)).isEmpty()) {
                throw Problem.invalid("Cluster id " + cluster + " not found");
            }
        }
        long smallestKiB = limits.sizes().minVolumeKiB(durability);
        if (request.sizeGiB() < smallestKiB / SizeLimits.KIB_PER_GIB) {
            throw Problem.invalid("Requested volume size (" + request.sizeGiB()
                    + " GB) is smaller than the minimum supported volume size (" + smallestKiB + ")");
        }
    }

    private static void refuseDash(String name) {
        if (name.startsWith("-")) {
            throw Problem.invalid("validation failed: name: must be in a valid format.")
                    .next("begin the name with something else than a dash: gluster would take it for an option");
        }
    }

    private static Durability durabilityOf(VolumeCreateRequest request) {
        try {
            return VolumePlans.durability(
                    VolumePlans.asked(request), PlacementOptions.arbiter(request.glusterVolumeOptions()));
        } catch (InvalidRequest e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    private void list(Context ctx) {
        Rows rows = store.rows();
        IdPage page = IdPage.of(ctx);
        String after = page.after().orElse("");
        Optional<ClusterId> cluster =
                Optional.ofNullable(ctx.queryParam("cluster")).map(ClusterId::new);
        cluster.filter(id -> rows.get(Cluster.TABLE, id).isEmpty()).ifPresent(id -> {
            throw Problem.notFound("Cluster id does not exist").about("cluster " + id.value());
        });
        Optional<String> name = Optional.ofNullable(ctx.queryParam("name"));
        page.answer(
                ctx,
                "volumes",
                () -> candidates(rows, after, cluster, name)
                        .filter(volume -> Inventory.isVisible(rows, volume))
                        .map(volume -> volume.id().value())
                        .iterator());
    }

    /** Ascending by id. */
    private static Stream<Volume> candidates(
            Rows rows, String after, Optional<ClusterId> cluster, Optional<String> name) {
        if (name.isEmpty() && cluster.isEmpty()) {
            return StreamSupport.stream(rows.after(Volume.TABLE, after).spliterator(), false);
        }
        Stream<Volume> found = name.isEmpty()
                ? rows
                        .find(
                                Volume.TABLE,
                                Volume.BY_CLUSTER,
                                cluster.orElseThrow().value())
                        .stream()
                : StreamSupport.stream(rows.all(Cluster.TABLE).spliterator(), false)
                        .filter(each -> cluster.isEmpty() || cluster.get().equals(each.id()))
                        .flatMap(each ->
                                rows.find(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(each.id(), name.get())).stream())
                        .sorted(Comparator.comparing(volume -> volume.id().value()));
        return found.filter(volume -> volume.id().value().compareTo(after) > 0);
    }

    private void info(Context ctx) {
        Rows rows = store.rows();
        Volume volume = find(rows, ctx);
        if (Inventory.isBeingCloned(rows, volume)) {
            throw Problem.notFound();
        }
        Replies.json(ctx, Views.volume(rows, volume));
    }

    private void expand(Context ctx) {
        VolumeExpandRequest request = Bodies.read(ctx, VolumeExpandRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("expand_size", Rules.required(request.addGiB()), Rules.atLeast(request.addGiB(), 1))
                .orThrow();
        VolumeId id = find(store.rows(), ctx).id();
        submit(
                ctx,
                Request.COUNTED,
                request,
                "Failed to allocate volume expansion: ",
                (rows, attempt) -> plans.expand(rows, id, request.addGiB(), attempt),
                rows -> choices(plans.explainExpand(rows, id, request.addGiB())));
    }

    private void restrict(Context ctx) {
        BlockRestrictionRequest request = Bodies.read(ctx, BlockRestrictionRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("restriction", Rules.oneOf(request.restriction(), Volume.LOCKED))
                .orThrow();
        VolumeId id = find(store.rows(), ctx).id();
        submit(
                ctx,
                Request.COUNTED,
                request,
                "Failed to set block restriction: ",
                (rows, attempt) -> plans.restrict(rows, id, request.restriction()));
    }

    private void cloneVolume(Context ctx) {
        VolumeCloneRequest request = Bodies.read(ctx, VolumeCloneRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation().field("name", Rules.volumeName(request.name())).orThrow();
        refuseDash(request.name());
        VolumeId id = find(store.rows(), ctx).id();
        submit(
                ctx,
                Request.COUNTED,
                request,
                "Failed clone volume " + id + ": ",
                (rows, attempt) -> clonePlans.clone(rows, id, request.name()));
    }

    private void delete(Context ctx) {
        if (submissions.answeredBefore(ctx, "")) {
            return;
        }
        Rows before = store.rows();
        Volume volume = find(before, ctx);
        if (volume.name().equals(DATABASE_VOLUME)) {
            throw Problem.conflict("Cannot delete volume containing the Heketi database");
        }
        ReadOnlyVolumes.refuse(volume, "delete");
        submissions.refuseIfFull();
        if (Operation.holding(before, Volume.TABLE, volume.id()).isEmpty()) {
            // one that is being cloned has a snapshot for a moment, and is refused below
            deleteCheck.refuseIfGlusterWould(before, volume);
        }
        submit(
                ctx,
                Request.COUNTED,
                "",
                "Failed to set up volume delete: ",
                (rows, attempt) -> plans.delete(rows, volume.id()));
    }

    private void submit(Context ctx, Request how, Object body, String prefix, Planner planner) {
        submit(ctx, how, body, prefix, planner, DryRuns.Explanation.NONE);
    }

    private void submit(
            Context ctx, Request how, Object body, String prefix, Planner planner, DryRuns.Explanation explanation) {
        NoPlan.toldWith(prefix, () -> submissions.accept(ctx, how, body, planner, explanation));
    }

    private static List<PlanInfo.Choice> choices(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> new PlanInfo.Choice(
                        verdict.deviceId(), verdict.nodeId(), verdict.kind() == Verdict.Kind.CHOSEN, verdict.text()))
                .toList();
    }

    private static Volume find(Rows rows, Context ctx) {
        return Inventory.visibleVolume(rows, new VolumeId(ctx.pathParam("id"))).orElseThrow(Problem::notFound);
    }
}
