package bricklayer.blockvolume;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeExpandRequest;
import bricklayer.api.BlockVolumeList;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Views;
import bricklayer.node.GlusterdWatch;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.operation.Threads;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.volume.NoPlan;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** {@code /blockvolumes}. Checks requests in Heketi's order, asks which nodes answer, hands them to {@link BlockVolumePlans}, and answers. */
public final class BlockVolumeRoutes implements Routes {

    private final Store store;
    private final Submissions submissions;
    private final BlockVolumePlans plans;
    private final GlusterdWatch glusterd;
    private final Threads threads;

    public BlockVolumeRoutes(
            Store store, Submissions submissions, BlockVolumePlans plans, GlusterdWatch glusterd, Threads threads) {
        this.store = store;
        this.submissions = submissions;
        this.plans = plans;
        this.glusterd = glusterd;
        this.threads = threads;
    }

    @Override
    public void mount(Router router) {
        router.post("/blockvolumes", this::create)
                .get("/blockvolumes", this::list)
                .get("/blockvolumes/{id}", this::info)
                .post("/blockvolumes/{id}/expand", this::expand)
                .delete("/blockvolumes/{id}", this::delete);
    }

    private void create(Context ctx) {
        BlockVolumeCreateRequest request = Bodies.read(ctx, BlockVolumeCreateRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        Rows before = store.rows();
        check(request, before);
        submit(ctx, request, "Failed to allocate new block volume: ", () -> {
            Set<NodeId> answering = glusterd.answering(before, plans.clusters(before, request), threads);
            return (rows, attempt) -> plans.create(rows, request, answering, attempt);
        });
    }

    private static void check(BlockVolumeCreateRequest request, Rows rows) {
        new Validation()
                .field("size", Rules.required(request.sizeGiB()), Rules.atLeast(request.sizeGiB(), 1))
                .field("name", Rules.volumeName(request.name()))
                .field("hacount", Rules.atLeast(request.haCount(), 1))
                .orThrow();
        if (rows.count(Cluster.TABLE) == 0) {
            throw Problem.invalid("No clusters configured").next("create a cluster and load a topology");
        }
        for (String cluster : request.clusters()) {
            if (rows.get(Cluster.TABLE, new ClusterId(cluster)).isEmpty()) {
                throw Problem.invalid("Cluster id " + cluster + " not found");
            }
        }
    }

    private void list(Context ctx) {
        Rows rows = store.rows();
        Replies.json(
                ctx,
                new BlockVolumeList(
                        StreamSupport.stream(rows.all(BlockVolume.TABLE).spliterator(), false)
                                .filter(block -> Inventory.isVisible(rows, block))
                                .map(block -> block.id().value())
                                .toList()));
    }

    private void info(Context ctx) {
        Replies.json(ctx, Views.blockVolume(find(store.rows(), ctx)));
    }

    private void expand(Context ctx) {
        BlockVolumeExpandRequest request = Bodies.read(ctx, BlockVolumeExpandRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("new_size", Rules.required(request.totalGiB()), Rules.atLeast(request.totalGiB(), 1))
                .orThrow();
        Rows before = store.rows();
        BlockVolume block = find(before, ctx);
        submit(ctx, request, "Failed to allocate block volume expansion: ", () -> {
            Set<NodeId> answering = answering(before, block);
            return (rows, attempt) -> plans.expand(rows, block.id(), request.totalGiB(), answering);
        });
    }

    private void delete(Context ctx) {
        if (submissions.answeredBefore(ctx, "")) {
            return;
        }
        Rows before = store.rows();
        BlockVolume block = find(before, ctx);
        submit(ctx, "", "Failed to set up block volume delete: ", () -> {
            Set<NodeId> answering = answering(before, block);
            return (rows, attempt) -> plans.delete(rows, block.id(), answering);
        });
    }

    private Set<NodeId> answering(Rows rows, BlockVolume block) {
        return glusterd.answering(rows, List.of(block.cluster()), threads);
    }

    /** What has to be asked of nodes is asked before the engine, and with it the write lock, gets to see the request. */
    private interface Preparation {
        Planner prepare();
    }

    private void submit(Context ctx, Object body, String prefix, Preparation preparation) {
        NoPlan.toldWith(prefix, () -> submissions.accept(ctx, Request.COUNTED, body, preparation.prepare()));
    }

    private static BlockVolume find(Rows rows, Context ctx) {
        return rows.get(BlockVolume.TABLE, new BlockVolumeId(ctx.pathParam("id")))
                .filter(block -> Inventory.isVisible(rows, block))
                .orElseThrow(Problem::notFound);
    }
}
