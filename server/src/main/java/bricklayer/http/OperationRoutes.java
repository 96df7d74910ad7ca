package bricklayer.http;

import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.PendingOperationList;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.operation.RowChange;
import bricklayer.problem.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** {@code /operations}: what is under way. */
public final class OperationRoutes implements Routes {

    private static final Map<String, String> THINGS = Map.of(
            "volumes",
            "volume",
            "bricks",
            "brick",
            "devices",
            "device",
            "nodes",
            "node",
            "block-volumes",
            "block volume");

    private final Operations operations;

    public OperationRoutes(Operations operations) {
        this.operations = operations;
    }

    @Override
    public void mount(Router router) {
        router.get("/operations", this::info)
                .get("/operations/pending", this::list)
                .get("/operations/pending/{id}", this::details);
    }

    private void info(Context ctx) {
        int stale = 0;
        int failed = 0;
        int fresh = 0;
        List<Operation> open = operations.open();
        for (Operation operation : open) {
            switch (operations.status(operation)) {
                case STALE -> stale++;
                case FAILED -> failed++;
                case NEW -> fresh++;
            }
        }
        Replies.json(ctx, new OperationsInfo(open.size(), operations.inFlight(), stale, failed, fresh));
    }

    private void list(Context ctx) {
        Replies.json(
                ctx,
                new PendingOperationList(operations.open().stream()
                        .map(operation -> new PendingOperation(
                                operation.id().value(),
                                operation.kind(),
                                status(operation),
                                operations.progress(operation.id()).isPresent() ? "in-flight" : ""))
                        .toList()));
    }

    private void details(Context ctx) {
        String id = ctx.pathParam("id");
        Operation operation = operations
                .find(new OperationId(id))
                .filter(found -> found.state().open())
                .orElseThrow(() -> Problem.notFound("Id not found: " + id));
        Replies.json(
                ctx,
                new PendingOperationDetails(
                        id,
                        operation.kind(),
                        status(operation),
                        "",
                        operation.openPlan().changes().stream()
                                .map(change -> new PendingOperationDetails.Change(
                                        change.key().value(), describe(change)))
                                .toList()));
    }

    private String status(Operation operation) {
        return switch (operations.status(operation)) {
            case NEW -> "";
            case STALE -> "stale";
            case FAILED -> "failed";
        };
    }

    private static String describe(RowChange change) {
        String verb = switch (change) {
            case RowChange.Create<?, ?> _ -> "Add";
            case RowChange.Update<?, ?> _ -> change.table().name().endsWith("volumes") ? "Expand" : "Change";
            case RowChange.Delete<?, ?> _ -> "Delete";
            case RowChange.Hold<?, ?> _ -> "Hold";
        };
        return verb + " "
                + THINGS.getOrDefault(change.table().name(), change.table().name());
    }
}
