package bricklayer.http;

import bricklayer.api.AbandonedOperationList;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.PendingOperationList;
import bricklayer.host.HostName;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.operation.Progress;
import bricklayer.operation.Wish;
import bricklayer.problem.Problem;
import bricklayer.problem.Rules;
import bricklayer.problem.Validation;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /operations}: what is under way, having what waits tried again now, and what a person wants of one of them. */
public final class OperationRoutes implements Routes {

    private final Operations operations;
    private final Submissions submissions;

    public OperationRoutes(Operations operations, Submissions submissions) {
        this.operations = operations;
        this.submissions = submissions;
    }

    @Override
    public void mount(Router router) {
        router.get("/operations", this::info)
                .get("/operations/pending", this::list)
                .get("/operations/pending/{id}", this::details)
                .post("/operations/pending/cleanup", this::cleanUp)
                .post("/operations/pending/{id}/resume", ctx -> steer(ctx, Wish.RESUME))
                .post("/operations/pending/{id}/undo", ctx -> steer(ctx, Wish.UNDO))
                .post("/operations/pending/{id}/abandon", ctx -> steer(ctx, Wish.ABANDON))
                .get("/operations/abandoned", this::listAbandoned)
                .get("/operations/{id}", this::show);
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
        Optional<Progress> driven = operations.progress(operation.id());
        Replies.json(
                ctx,
                new PendingOperationDetails(
                        id,
                        operation.kind(),
                        status(operation),
                        "",
                        changes(operation),
                        operation.retry().obstacle().orElse(""),
                        operation.retry().failures(),
                        driven.isPresent()
                                ? ""
                                : operation
                                        .retry()
                                        .notBefore()
                                        .map(Instant::toString)
                                        .orElse(""),
                        driven.map(Progress::doing).orElse(""),
                        driven.map(now -> new PendingOperationDetails.Progress(now.stepsDone(), now.stepsTotal()))
                                .orElse(null),
                        driven.stream()
                                .flatMap(now -> now.lanes().stream())
                                .map(lane -> new PendingOperationDetails.Lane(
                                        lane.hosts().stream()
                                                .map(HostName::value)
                                                .toList(),
                                        lane.doing(),
                                        lane.stepsDone(),
                                        lane.stepsTotal()))
                                .toList()));
    }

    /** The rows it changes; then, for the parts of a removal, the whole and the part. */
    private List<PendingOperationDetails.Change> changes(Operation operation) {
        Stream<PendingOperationDetails.Change> rows = operation.openPlan().changes().stream()
                .filter(ChangeWords::concernsClients)
                .map(change -> new PendingOperationDetails.Change(
                        change.key().value(), ChangeWords.describe(operation.kind(), change)));
        Stream<PendingOperationDetails.Change> whole = operation.parent().stream()
                .map(parent -> new PendingOperationDetails.Change(parent.value(), "Belongs to parent operation"));
        Stream<PendingOperationDetails.Change> part = operations.open().stream()
                .filter(open -> open.parent().equals(Optional.of(operation.id())))
                .map(open -> new PendingOperationDetails.Change(open.id().value(), "Performing child operation"));
        return Stream.of(rows, whole, part).flatMap(Function.identity()).toList();
    }

    private void cleanUp(Context ctx) {
        OperationsCleanupRequest request = Bodies.read(ctx, OperationsCleanupRequest.class);
        if (submissions.answeredBefore(ctx, request)) {
            return;
        }
        new Validation()
                .field("operations", Rules.operationIds(request.operations()))
                .orThrow();
        submissions.cleanUp(
                ctx,
                request,
                request.operations().stream().map(OperationId::new).collect(Collectors.toSet()));
    }

    private void steer(Context ctx, Wish wish) {
        if (submissions.answeredBefore(ctx, "")) {
            return;
        }
        OperationId id = new OperationId(ctx.pathParam("id"));
        if (operations.find(id).isEmpty()) {
            throw Problem.notFound("Id not found: " + id);
        }
        submissions.steer(ctx, id, wish);
    }

    private void listAbandoned(Context ctx) {
        Replies.json(
                ctx,
                new AbandonedOperationList(
                        operations.abandoned().stream().map(OperationView::of).toList()));
    }

    private void show(Context ctx) {
        String id = ctx.pathParam("id");
        Replies.json(
                ctx,
                operations
                        .find(new OperationId(id))
                        .map(OperationView::of)
                        .orElseThrow(() -> Problem.notFound("Id not found: " + id)));
    }

    private String status(Operation operation) {
        return switch (operations.status(operation)) {
            case NEW -> "";
            case STALE -> "stale";
            case FAILED -> "failed";
        };
    }
}
