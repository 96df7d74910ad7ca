package bricklayer.cluster;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.ClusterList;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.operation.Ids;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;

/** {@code /clusters}. A cluster is only a row: none of this touches a host, so each change is one write and the answer comes at once. */
public final class ClusterRoutes implements Routes {

    private final Store store;
    private final Ids ids;

    public ClusterRoutes(Store store, Ids ids) {
        this.store = store;
        this.ids = ids;
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
        Cluster cluster = new Cluster(new ClusterId(ids.next()), request.file(), request.block());
        store.write(tx -> {
            tx.put(Cluster.TABLE, cluster);
            return cluster;
        });
        Replies.json(ctx, 201, Views.cluster(store.rows(), cluster));
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
        Replies.json(ctx, Views.cluster(rows, find(rows, ctx)));
    }

    private void setFlags(Context ctx) {
        ClusterFlagsRequest request = Bodies.read(ctx, ClusterFlagsRequest.class);
        store.write(tx -> {
            Cluster changed = new Cluster(find(tx, ctx).id(), request.file(), request.block());
            tx.put(Cluster.TABLE, changed);
            return changed;
        });
        Replies.emptyJson(ctx);
    }

    private void delete(Context ctx) {
        store.write(tx -> {
            Cluster cluster = find(tx, ctx);
            String id = cluster.id().value();
            int nodes = tx.count(Node.TABLE, Node.BY_CLUSTER, id);
            int volumes = tx.count(Volume.TABLE, Volume.BY_CLUSTER, id);
            if (nodes + volumes > 0) {
                throw Problem.conflict("Unable to delete cluster [" + id + "] because it contains volumes and/or nodes")
                        .about("cluster " + id)
                        .detail("nodes", nodes)
                        .detail("volumes", volumes)
                        .next("delete its volumes, then its nodes, then the cluster");
            }
            tx.delete(Cluster.TABLE, cluster.id());
            return cluster;
        });
        Replies.empty(ctx, 200);
    }

    private static Cluster find(Rows rows, Context ctx) {
        return rows.get(Cluster.TABLE, new ClusterId(ctx.pathParam("id"))).orElseThrow(Problem::notFound);
    }
}
