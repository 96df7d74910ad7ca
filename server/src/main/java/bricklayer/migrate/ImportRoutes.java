package bricklayer.migrate;

import bricklayer.api.UnreadableJson;
import bricklayer.http.Bodies;
import bricklayer.http.Replies;
import bricklayer.http.Router;
import bricklayer.http.Routes;
import bricklayer.http.Submissions;
import bricklayer.operation.Operations;
import bricklayer.problem.Problem;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** {@code /import} and {@code /export}: the records taken from a Heketi, and given to one. */
public final class ImportRoutes implements Routes {

    private final Store store;
    private final Operations operations;
    private final Submissions submissions;
    private final HeketiImport imports;

    public ImportRoutes(Store store, Operations operations, Submissions submissions, HeketiImport imports) {
        this.store = store;
        this.operations = operations;
        this.submissions = submissions;
        this.imports = imports;
    }

    @Override
    public void mount(Router router) {
        router.post("/import/heketi", this::take)
                .post("/import/heketi/preview", this::preview)
                .get("/export/heketi", this::give);
    }

    private void take(Context ctx) {
        String dump = Bodies.document(ctx);
        HeketiImport.Draft draft = understood(() -> imports.draft(dump));
        submissions.atOnce(
                ctx,
                dump,
                (rows, attempt) -> HeketiImport.plan(rows, draft),
                report -> Replies.rawJson(ctx, 200, report));
    }

    private void preview(Context ctx) {
        String dump = Bodies.document(ctx);
        Replies.json(ctx, understood(() -> imports.preview(dump)));
    }

    private static <T> T understood(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UnreadableJson e) {
            throw Problem.unparsable(String.valueOf(e.getMessage()));
        }
    }

    private void give(Context ctx) {
        Export export = Export.of(store, operations::status);
        Replies.streamedJson(ctx, export::writeTo);
    }
}
