package bricklayer.adopt;

import bricklayer.api.AdoptionRequest;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Request;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code /adoptions}: gluster volumes that no record names, and those that were taken over for reading only; taking one over, managing one, and forgetting one. */
public final class AdoptionRoutes implements Routes {

    private final Store store;
    private final Submissions submissions;
    private final Adoptions adoptions;

    public AdoptionRoutes(Store store, Submissions submissions, Adoptions adoptions) {
        this.store = store;
        this.submissions = submissions;
        this.adoptions = adoptions;
    }

    @Override
    public void mount(Router router) {
        router.get("/adoptions", this::list).post("/adoptions", this::adopt).delete("/adoptions/{id}", this::forget);
    }

    private void list(Context ctx) {
        Replies.json(ctx, adoptions.list(store.rows(), cluster(Optional.ofNullable(ctx.queryParam("cluster")))));
    }

    private void adopt(Context ctx) {
        AdoptionRequest request = Bodies.read(ctx, AdoptionRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("volume", Rules.required(request.volume()), Rules.volumeName(request.volume()))
                .orThrow();
        Optional<ClusterId> cluster = cluster(Optional.of(request.cluster()).filter(id -> !id.isEmpty()));
        submissions.refuseIfFull();
        submissions.accept(
                ctx,
                Request.COUNTED,
                request,
                adoptions.adoption(store.rows(), cluster, request.volume(), request.managed()));
    }

    private void forget(Context ctx) {
        if (submissions.answeredBefore(ctx, "")) {
            return;
        }
        VolumeId id = Inventory.visibleVolume(store.rows(), new VolumeId(ctx.pathParam("id")))
                .orElseThrow(Problem::notFound)
                .id();
        submissions.accept(ctx, Request.COUNTED, "", adoptions.forgetting(id));
    }

    private Optional<ClusterId> cluster(Optional<String> named) {
        Rows rows = store.rows();
        Optional<ClusterId> cluster = named.map(ClusterId::new);
        cluster.filter(id -> rows.get(Cluster.TABLE, id).isEmpty()).ifPresent(id -> {
            throw Problem.notFound("Cluster id does not exist").about("cluster " + id);
        });
        return cluster;
    }
}
