package bricklayer.health;

import bricklayer.api.QuarantinedForgetRequest;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.problem.Problem;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Store;
import bricklayer.store.Table;
import io.javalin.http.Context;

/** {@code /operations/health}: how the server is. {@code /operations/quarantined/forget}: the way out for a row that nobody will ever read. */
public final class HealthRoutes implements Routes {

    private final Health health;
    private final Store store;
    private final Schema schema;

    public HealthRoutes(Health health, Store store, Schema schema) {
        this.health = health;
        this.store = store;
        this.schema = schema;
    }

    @Override
    public void mount(Router router) {
        router.get("/operations/health", ctx -> Replies.json(ctx, health.now()))
                .post("/operations/quarantined/forget", this::forget);
    }

    private void forget(Context ctx) {
        QuarantinedForgetRequest request = Bodies.read(ctx, QuarantinedForgetRequest.class);
        String name = request.table() + "/" + request.key();
        if (store.quarantined().stream()
                .noneMatch(
                        row -> row.table().equals(request.table()) && row.key().equals(request.key()))) {
            throw Problem.notFound("No row " + name + " is quarantined")
                    .next("GET /operations/health lists those that are");
        }
        Table<?, ?> table = schema.find(request.table())
                .orElseThrow(() -> Problem.conflict("This release has no table " + request.table())
                        .next("start the release that wrote the row; here it takes part in nothing"));
        delete(table, request.key());
        Replies.empty(ctx, 204);
    }

    /** Only while it is still not read: a row that was put there meanwhile is a good one. */
    private <K extends Key, V extends Row<K>> void delete(Table<K, V> table, String key) {
        store.write(tx -> {
            K id = table.keyOf().apply(key);
            if (tx.get(table, id).isEmpty()) {
                tx.delete(table, id);
            }
            return id;
        });
    }
}
