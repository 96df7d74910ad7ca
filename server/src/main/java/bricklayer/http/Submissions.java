package bricklayer.http;

import bricklayer.api.WireJson;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.Operations;
import bricklayer.operation.Planner;
import bricklayer.operation.Request;
import bricklayer.operation.RequestKey;
import bricklayer.operation.Wish;
import bricklayer.problem.Problem;
import bricklayer.repeat.Repeats;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Hands what a request wants to the engine and answers 202. A request that carries an {@code Idempotency-Key} acts once, however often it comes. */
public final class Submissions {

    private static final int KEY_LENGTH_MAX = 255;
    private static final String LOOK_AGAIN = "bricklayer.key.look-again";

    private final Operations operations;
    private final DryRuns dryRuns;
    private final Repeats repeats;

    public Submissions(Operations operations, DryRuns dryRuns, Repeats repeats) {
        this.repeats = repeats;
        this.operations = operations;
        this.dryRuns = dryRuns;
    }

    /**
     * Begins an operation and answers 202 with its place in the queue; a dry run is answered with its plan.
     *
     * @param body what the request said, for telling one request with a key from another
     */
    public void accept(Context ctx, Request how, Object body, Planner planner) {
        accept(ctx, how, body, planner, DryRuns.Explanation.NONE);
    }

    /** The same for an operation that chooses among devices. */
    public void accept(Context ctx, Request how, Object body, Planner planner, DryRuns.Explanation explanation) {
        if (DryRuns.askedBy(ctx)) {
            Replies.json(ctx, dryRuns.plan(how, planner, explanation));
            return;
        }
        OperationId id = operations.submit(how.withKey(key(ctx, body).or(how::key)), planner);
        Replies.accepted(ctx, id.value());
    }

    /** Begins an attempt at operations that wait for one, and answers 202 with its place in the queue; it is not counted itself. */
    void cleanUp(Context ctx, Object body, Set<OperationId> which) {
        OperationId id = operations.cleanUp(Request.UNCOUNTED.withKey(key(ctx, body)), which);
        Replies.accepted(ctx, id.value());
    }

    /** Has an operation resumed, undone or abandoned, and answers 202; leads to that operation. Not counted: a full house must not keep anybody from clearing it. */
    void steer(Context ctx, OperationId target, Wish wish) {
        OperationId id = operations.steer(Request.UNCOUNTED.withKey(key(ctx, "")), target, wish);
        Replies.accepted(ctx, id.value());
    }

    /**
     * Does what is one write; a dry run is answered with its plan.
     *
     * @param reply sends the plan's answer; that of the first request when this one came before with the same {@code Idempotency-Key}
     */
    public void atOnce(Context ctx, Object body, Planner planner, Consumer<String> reply) {
        if (DryRuns.askedBy(ctx)) {
            Replies.json(ctx, dryRuns.plan(Request.UNCOUNTED, planner, DryRuns.Explanation.NONE));
            return;
        }
        OperationId id = operations.submit(Request.UNCOUNTED.withKey(key(ctx, body)), planner);
        reply.accept(operations.find(id).flatMap(Operation::answer).orElse(""));
    }

    /** What {@link #atOnce} answered to a request that came before with the same {@code Idempotency-Key}; empty for one that is new. */
    public Optional<String> earlierAnswer(Context ctx, Object body) {
        return key(ctx, body).flatMap(operations::find).flatMap(Operation::answer);
    }

    /**
     * To be asked before a host is, where the request would be refused in the end because too many operations are running.
     *
     * @throws bricklayer.operation.TooManyOperations answered with 429
     */
    public void refuseIfFull() {
        operations.refuseIfFull();
    }

    /**
     * Answers a request that names no key and is the repeat of one that was given up, with a place in the queue.
     *
     * @return the key by which a repeat of this one is recognised, when it was not answered
     */
    public Recognition recognise(Context ctx, Object body, long gid) {
        String userAgent = Optional.ofNullable(ctx.userAgent()).orElse("");
        if (DryRuns.askedBy(ctx) || ctx.header("Idempotency-Key") != null || !repeats.recognisable(userAgent, gid)) {
            return new Recognition(false, Optional.empty());
        }
        String digest = digest(ctx.method() + " " + ctx.path() + "\n" + WireJson.write(body));
        Optional<OperationId> heir = repeats.takeOver(digest);
        heir.ifPresent(place -> Replies.accepted(ctx, place.value()));
        return new Recognition(
                heir.isPresent(), heir.isPresent() ? Optional.empty() : Optional.of(repeats.keyFor(digest)));
    }

    /** What {@link #recognise} found. */
    public record Recognition(boolean answered, Optional<RequestKey> key) {}

    /**
     * Answers a request that came before with the same {@code Idempotency-Key}, as it was answered then. To be asked before anything else: what the first one
     * did may have made the second one invalid.
     *
     * @return whether it was answered
     */
    public boolean answeredBefore(Context ctx, Object body) {
        if (DryRuns.askedBy(ctx)) {
            return false;
        }
        Optional<RequestKey> key = key(ctx, body);
        key.ifPresent(known -> ctx.attribute(LOOK_AGAIN, (BooleanSupplier) () -> answered(ctx, known)));
        return key.isPresent() && answered(ctx, key.get());
    }

    /** Whether a request that {@link #answeredBefore} found to be the first has been answered since, because the same one came at the same time. */
    static boolean answeredMeanwhile(Context ctx) {
        BooleanSupplier again = ctx.attribute(LOOK_AGAIN);
        return again != null && again.getAsBoolean();
    }

    private boolean answered(Context ctx, RequestKey key) {
        Optional<OperationId> first = operations.find(key).map(Operation::id);
        first.ifPresent(id -> Replies.accepted(ctx, id.value()));
        return first.isPresent();
    }

    private static Optional<RequestKey> key(Context ctx, Object body) {
        String key = ctx.header("Idempotency-Key");
        if (key == null) {
            return Optional.empty();
        }
        if (key.isBlank() || key.length() > KEY_LENGTH_MAX) {
            throw Problem.invalid(
                    "Idempotency-Key must have 1 to " + KEY_LENGTH_MAX + " characters, this one has " + key.length());
        }
        return Optional.of(new RequestKey(key, digest(ctx.method() + " " + ctx.path() + "\n" + WireJson.write(body))));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
