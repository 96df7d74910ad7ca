package bricklayer.dump;

import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.operation.Operations;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import io.javalin.http.Context;

/** {@code /db}: the records as a whole, each answer made from one picture. */
public final class DatabaseRoutes implements Routes {

    private final Store store;
    private final Operations operations;

    public DatabaseRoutes(Store store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public void mount(Router router) {
        router.get("/db/dump", this::dump).get("/db/check", this::check);
    }

    private void check(Context ctx) {
        Replies.indentedJson(ctx, ConsistencyCheck.of(store.rows(), store.quarantined()));
    }

    private void dump(Context ctx) {
        Rows rows = store.rows();
        Replies.streamedJson(ctx, out -> {
            out.beginObject();
            Dump.of(rows, operations::status).writeMembers(out);
            out.endObject();
        });
    }
}
