package bricklayer.cluster;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.ClusterList;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Views;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;

/** {@code /clusters}. The answer to a change comes at once. */
public final class ClusterRoutes implements Routes {

    private final Store store;
    private final Submissions submissions;
    private final ClusterPlans plans;

    public ClusterRoutes(Store store, Submissions submissions, ClusterPlans plans) {
        this.store = store;
        this.submissions = submissions;
        this.plans = plans;
    }

    @Override
    public void mount(Router router) {
        router.post("/clusters", this::create)
                .get("/clusters", this::list)
                .get("/clusters/{id}", this::info)
                .post("/clusters/{id}/flags", this::setFlags)
                .delete("/clusters/{id}", this::delete);
    }

    private void create(Context ctx) {
        ClusterCreateRequest request = Bodies.read(ctx, ClusterCreateRequest.class);
        submissions.atOnce(
                ctx, request, (rows, attempt) -> plans.create(rows, request), made -> Replies.rawJson(ctx, 201, made));
    }

    private void list(Context ctx) {
        Replies.json(
                ctx,
                new ClusterList(Inventory.clusters(store.rows()).stream()
                        .map(cluster -> cluster.id().value())
                        .toList()));
    }

    private void info(Context ctx) {
        Rows rows = store.rows();
        Replies.json(ctx, Views.cluster(rows, ClusterPlans.find(rows, id(ctx))));
    }

    private void setFlags(Context ctx) {
        ClusterFlagsRequest request = Bodies.read(ctx, ClusterFlagsRequest.class);
        ClusterId id = id(ctx);
        submissions.atOnce(
                ctx, request, (rows, attempt) -> plans.setFlags(rows, id, request), done -> Replies.emptyJson(ctx));
    }

    private void delete(Context ctx) {
        ClusterId id = id(ctx);
        submissions.atOnce(ctx, "", (rows, attempt) -> plans.delete(rows, id), done -> Replies.empty(ctx, 200));
    }

    private static ClusterId id(Context ctx) {
        return new ClusterId(ctx.pathParam("id"));
    }
}
