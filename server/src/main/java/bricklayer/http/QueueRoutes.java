package bricklayer.http;

import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.problem.Problem;
import io.javalin.http.Context;

/**
 * {@code GET /queue/{id}}: how a job went. The id is the operation's, and the answer is a stored row: it is there after a restart, and can be read more than once
 * (Heketi's could be read once and died with the process).
 */
public final class QueueRoutes implements Routes {

    private final Operations operations;

    public QueueRoutes(Operations operations) {
        this.operations = operations;
    }

    @Override
    public void mount(Router router) {
        router.get("/queue/{id}", this::answer);
    }

    private void answer(Context ctx) {
        Operation operation =
                operations.find(new OperationId(ctx.pathParam("id"))).orElseThrow(Problem::notFound);
        switch (operation.state()) {
            case RUNNING, ROLLING_BACK -> Replies.pending(ctx);
            case DONE -> {
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
