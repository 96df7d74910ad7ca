package bricklayer.care;

import bricklayer.api.DoctorRequest;
import bricklayer.host.HostName;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.List;
import java.util.stream.StreamSupport;

/** {@code /doctor} and the reboot check of a node. They ask nodes and change nothing. */
public final class CareRoutes implements Routes {

    private final Store store;
    private final Doctor doctor;
    private final RebootChecker reboots;

    public CareRoutes(Store store, Doctor doctor, RebootChecker reboots) {
        this.store = store;
        this.doctor = doctor;
        this.reboots = reboots;
    }

    @Override
    public void mount(Router router) {
        router.get("/doctor", this::all)
                .post("/doctor", this::host)
                .get("/nodes/{id}/doctor", this::one)
                .get("/nodes/{id}/reboot-check", this::reboot);
    }

    private void all(Context ctx) {
        Replies.json(
                ctx,
                doctor.examine(StreamSupport.stream(store.rows().all(Node.TABLE).spliterator(), false)
                        .toList()));
    }

    private void one(Context ctx) {
        Replies.json(ctx, doctor.examine(List.of(find(store.rows(), ctx))));
    }

    private void host(Context ctx) {
        DoctorRequest request = Bodies.read(ctx, DoctorRequest.class);
        new Validation()
                .field("host", Rules.required(request.host()), Rules.hostnames(List.of(request.host()), "host"))
                .orThrow();
        Replies.json(ctx, doctor.examine(new HostName(request.host())));
    }

    private void reboot(Context ctx) {
        Rows rows = store.rows();
        Replies.json(ctx, reboots.check(rows, find(rows, ctx)));
    }

    private static Node find(Rows rows, Context ctx) {
        return rows.get(Node.TABLE, new NodeId(ctx.pathParam("id"))).orElseThrow(Problem::notFound);
    }
}
