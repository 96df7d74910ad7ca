package bricklayer.examine;

import bricklayer.dump.Dump;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.operation.Operations;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;

/** {@code /internal/state/examine/gluster}: answers when all nodes have, or have run out of time. */
public final class ExamineRoutes implements Routes {

    private final Store store;
    private final Operations operations;
    private final Examiner examiner;

    public ExamineRoutes(Store store, Operations operations, Examiner examiner) {
        this.store = store;
        this.operations = operations;
        this.examiner = examiner;
    }

    @Override
    public void mount(Router router) {
        router.get("/internal/state/examine/gluster", this::examine);
    }

    private void examine(Context ctx) {
        Rows rows = store.rows();
        Examiner.Result result = examiner.examine(rows, operations.inFlight());
        Replies.streamedJson(ctx, out -> {
            out.beginObject().beginObject("heketidb");
            Dump.of(rows, operations::status).writeMembers(out);
            out.endObject()
                    .member("report", result.report())
                    .member("clusters", result.clusters())
                    .endObject();
        });
    }
}
