package bricklayer.problem;

import bricklayer.host.CommandResult;
import bricklayer.host.HostFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request cannot be served, with the answer it gets: an HTTP status, the text that a client of Heketi reads, and more for clients that ask for it.
 *
 * <p>Immutable; the {@code with}-like methods return a copy. Carries no stack trace of its own, for it describes the request and not
 * this program; what caused it keeps its own.
 */
public final class Problem extends RuntimeException {

    private final int status;
    private final String type;
    private final String object;
    private final String next;
    private final transient Optional<HostFailure> failure;
    private final transient Optional<Duration> retryAfter;
    private final transient Map<String, Object> details;

    private Problem(
            int status,
            String type,
            String text,
            String object,
            String next,
            Optional<HostFailure> failure,
            Optional<Duration> retryAfter,
            Map<String, Object> details,
            @Nullable Throwable cause) {
        super(Objects.requireNonNull(text, "text"), cause, false, false);
        this.status = status;
        this.type = type;
        this.object = object;
        this.next = next;
        this.failure = failure;
        this.retryAfter = retryAfter;
        this.details = details;
    }

    /**
     * A problem of any kind; the factories below make the common ones.
     *
     * @param status 400 to 599
     * @param type the kind in a few words joined by dashes, such as {@code no-space}; stays the same for ever, clients compare it
     * @param text what an old client reads, exactly, without the newline that ends it on the wire; may be empty
     */
    public static Problem of(int status, String type, String text) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem cannot have status " + status);
        }
        return new Problem(status, type, text, "", "", Optional.empty(), Optional.empty(), Map.of(), null);
    }

    /** 422: the body is not the JSON that the path takes. */
    public static Problem unparsable(String why) {
        return of(422, "unparsable", "request unable to be parsed").detail("reason", why);
    }

    /** 400, in the caller's own words. */
    public static Problem invalid(String text) {
        return of(400, "invalid", text);
    }

    /** 404: the id in the path belongs to nothing. */
    public static Problem notFound() {
        return notFound("Id not found");
    }

    public static Problem notFound(String text) {
        return of(404, "not-found", text);
    }

    public static Problem conflict(String text) {
        return of(409, "conflict", text);
    }

    /** 409 with the text that fits everything that is still in use. */
    public static Problem inUse() {
        return conflict("The target exists, contains other items, or is in use.");
    }

    /** 429: nothing is wrong with the request, and nothing was begun. */
    public static Problem busy(Duration retryAfter) {
        return of(429, "busy", "Server busy. Retry operation later.").retryAfter(retryAfter);
    }

    /** 503: refused for everyone, for now. */
    public static Problem unavailable(String text) {
        return of(503, "unavailable", text);
    }

    /** 500: the request is sound, but there is no way to carry it out. Heketi answers so, and clients of it expect that. */
    public static Problem planning(String type, String text) {
        return of(500, type, text);
    }

    /** 500 {@code No space}. */
    public static Problem noSpace() {
        return planning("no-space", "No space");
    }

    /** 500: a command on a host failed. The text is the failure's own. */
    public static Problem hostFailure(HostFailure failure) {
        return of(500, "host-failure", String.valueOf(failure.getMessage())).causedBy(failure);
    }

    /** What it is about, such as {@code volume <id>}. */
    public Problem about(String what) {
        return new Problem(status, type, text(), what, next, failure, retryAfter, details, getCause());
    }

    /** What the caller can do about it. */
    public Problem next(String whatToDo) {
        return new Problem(status, type, text(), object, whatToDo, failure, retryAfter, details, getCause());
    }

    /** What lies behind it. A {@link HostFailure} adds node, command and stderr to the answer. */
    public Problem causedBy(Throwable cause) {
        Optional<HostFailure> seen = cause instanceof HostFailure host ? Optional.of(host) : failure;
        return new Problem(status, type, text(), object, next, seen, retryAfter, details, cause);
    }

    /** Rounded up to whole seconds on the wire. */
    public Problem retryAfter(Duration pause) {
        return new Problem(status, type, text(), object, next, failure, Optional.of(pause), details, getCause());
    }

    /**
     * Adds one member to the structured answer.
     *
     * @param value strings, numbers, booleans, records, and lists and maps of these
     */
    public Problem detail(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Problem(
                status, type, text(), object, next, failure, retryAfter, Collections.unmodifiableMap(more), getCause());
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    /** What an old client reads. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Empty when it is about nothing in particular. */
    public String object() {
        return object;
    }

    /** Empty when there is no advice. */
    public String next() {
        return next;
    }

    /** The command on a host that failed, if one did. */
    public Optional<HostFailure> failure() {
        return failure;
    }

    /** What the failed command wrote on standard error; empty when none failed, or it did not end. */
    public String stderr() {
        return failure.map(HostFailure::result)
                .filter(CommandResult.Exited.class::isInstance)
                .map(result -> ((CommandResult.Exited) result).err())
                .orElse("");
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** In the order they were added. */
    public Map<String, Object> details() {
        return details;
    }
}
