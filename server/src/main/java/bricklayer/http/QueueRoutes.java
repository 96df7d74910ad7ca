package bricklayer.http;

import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.problem.Problem;
import bricklayer.repeat.Repeats;
import bricklayer.store.Store;
import io.javalin.http.Context;
import java.time.Duration;

/**
 * {@code GET /queue/{id}}: how a job went. While it runs the answer is held back for a moment, so that whoever waits hears of the end when it comes, and asks less often. The id is the operation's, and the answer is a stored row: it is there after a restart, and can be read more than once
 * (Heketi's could be read once and died with the process).
 */
public final class QueueRoutes implements Routes {

    private final Repeats repeats;
    private final Operations operations;
    private final Store store;
    private final Duration wait;

    /** @param wait how long an answer may be held back */
    public QueueRoutes(Repeats repeats, Operations operations, Store store, Duration wait) {
        this.repeats = repeats;
        this.operations = operations;
        this.store = store;
        this.wait = wait;
    }

    @Override
    public void mount(Router router) {
        router.get("/queue/{id}", this::answer);
    }

    /** An operation whose record cannot be read is not gone: whoever waits for it must not take it for one that never was. */
    private Problem unknown(OperationId id) {
        return store.quarantined().stream()
                .filter(row ->
                        row.table().equals(Operation.TABLE.name()) && row.key().equals(id.value()))
                .findFirst()
                .map(row -> Problem.of(
                                500,
                                "unreadable-record",
                                "the record of operation " + id + " cannot be read by this release: " + row.reason())
                        .next("GET /operations/health says what to do"))
                .orElseGet(Problem::notFound);
    }

    private static Problem inherited(OperationId operation) {
        return Problem.of(
                        500,
                        "request-given-up",
                        "nobody asked for the end of this request any more, and what it made was given to a repeat of it")
                .about("operation " + operation)
                .next("send the request again; one with an Idempotency-Key is never given away");
    }

    private void answer(Context ctx) {
        OperationId id = new OperationId(ctx.pathParam("id"));
        Operation operation = switch (repeats.at(id)) {
            case Repeats.Place.Unknown _ -> throw unknown(id);
            case Repeats.Place.Inherited(OperationId of) -> throw inherited(of);
            case Repeats.Place.Of(Operation found) ->
                operations.awaitEnd(found.id(), wait).orElseThrow(() -> unknown(id));
        };
        switch (operation.state()) {
            case RUNNING, ROLLING_BACK -> Replies.pending(ctx);
            case DONE -> {
                if (!repeats.mayTell(operation, id)) {
                    throw inherited(operation.id());
                }
                operation
                        .resource()
                        .ifPresentOrElse(path -> Replies.seeOther(ctx, path), () -> Replies.empty(ctx, 204));
            }
            case FELL_SHORT ->
                throw Problem.of(500, "operation-fell-short", operation.error().orElse(""))
                        .about("operation " + operation.id() + " (" + operation.kind() + ")")
                        .next(
                                "what was done stays, and the records say how much; mend the cause and send the request again");
            case ABANDONED ->
                throw Problem.of(500, "operation-abandoned", operation.error().orElse(""))
                        .about("operation " + operation.id() + " (" + operation.kind() + ")")
                        .next("GET /operations/" + operation.id() + " lists what may be left on which node");
            case ABORTED ->
                throw Problem.of(500, "operation-failed", operation.error().orElse(""))
                        .about("operation " + operation.id() + " (" + operation.kind() + ")")
                        .next("nothing of it is left; mend the cause and send the request again");
        }
    }
}
