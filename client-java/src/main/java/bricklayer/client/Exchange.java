package bricklayer.client;

import bricklayer.api.Problem;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and brings its answer, whatever it says, repeating what is safe to repeat: what the server refused with 429, or with 401 because of the
 * time of the token, and what has no answer when it only reads or carries a key that the server honours. Redirects are not followed: each path needs its own token.
 */
class Exchange {

    /** Where every request goes and how. */
    record Connection(
            Supplier<HttpClient> client,
            FirstReads firstReads,
            URI server,
            Optional<Signer> signer,
            TokenClock clock,
            TimeSource time,
            RandomGenerator random,
            RequestWatcher watcher) {

        HttpClient http() {
            return client.get();
        }
    }

    /** Longer than a server lets a stream of events be. */
    private static final Duration STREAM_MAX = Duration.ofDays(2);

    private final Connection connection;
    private final Patience patience;
    private final IdempotencyKeys keys;

    Exchange(Connection connection, Patience patience, IdempotencyKeys keys) {
        this.connection = connection;
        this.patience = patience;
        this.keys = keys;
    }

    /** @param key null for what only reads */
    private record Asked(
            String method,
            String path,
            @Nullable Object body,
            @Nullable String key) {

        static Asked read(String path) {
            return new Asked("GET", path, null, null);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * @throws ServerUnreachable when there was no connection or no answer
     */
    Answer read(String path) {
        return send(Asked.read(path), new Losses());
    }

    /**
     * @param body written as JSON; none when null
     * @throws ServerUnreachable when there was no connection
     * @throws OutcomeUnknown when the answer was lost
     */
    Answer change(String method, String path, @Nullable Object body, String idempotencyKey) {
        return send(new Asked(method, path, body, idempotencyKey), new Losses());
    }

    /** The same exchange, whose changes are asked for as dry runs: the first answer is thrown as {@link Planned}. Reads go on as ever. */
    Exchange planning() {
        return new Exchange(connection, patience, keys) {
            @Override
            Answer change(String method, String path, @Nullable Object body, String idempotencyKey) {
                // without a key, since nothing acts that could act twice
                throw new Planned(send(new Asked(method, path + "?dryRun=true", body, null), new Losses())
                        .require(200));
            }
        };
    }

    /** Ends the call that asked for a change. */
    static final class Planned extends RuntimeException {

        private final transient Answer answer;

        private Planned(Answer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    /**
     * Asks once, and waits as long as for an operation, for such answers are put together while we wait.
     *
     * @param out gets the body as it comes, if the status is 200; otherwise the answer has it
     * @throws ServerUnreachable when there was no connection or not the whole answer; what was written is then not the whole
     * @throws UncheckedIOException when {@code out} does not take it
     */
    Answer fetch(String path, OutputStream out) {
        Asked asked = Asked.read(path);
        Answer answer = fetch(asked, out);
        return answer.status() == 401 && connection.clock().corrects(answer) ? fetch(asked, out) : answer;
    }

    private Answer fetch(Asked asked, OutputStream out) {
        CompletableFuture<HttpResponse<byte[]>> response = connection
                .http()
                .sendAsync(
                        request(asked, patience.operation()),
                        head -> head.statusCode() == 200 ? new WrittenBody(out) : BodySubscribers.ofByteArray());
        try {
            return answer(asked, response.get(patience.operation().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw fetchFailed(asked, e.getCause());
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new ServerUnreachable(
                    asked + " on " + connection.server() + ": not answered in full after " + patience.operation(), e);
        } catch (InterruptedException e) {
            response.cancel(true);
            throw interrupted(asked, e);
        }
    }

    private RuntimeException fetchFailed(Asked asked, @Nullable Throwable cause) {
        if (cause instanceof WrittenBody.NotTaken notTaken) {
            return notTaken.told(asked.toString());
        }
        if (cause instanceof IOException io) {
            return neverSent(io) ? unreachable(io) : lost(asked, io);
        }
        return new IllegalStateException(asked.toString(), cause);
    }

    /**
     * Begins to read events. Asks once.
     *
     * @param lastSeen position of the last event that was seen; empty for none
     * @throws ServerUnreachable when there was no connection or no answer
     * @throws RequestRefused when the answer is not 200
     */
    Feed open(String path, String lastSeen) {
        Asked asked = Asked.read(path);
        HttpResponse<Object> response = begin(asked, lastSeen);
        if (response.statusCode() == 401 && connection.clock().corrects(refusal(asked, response))) {
            response = begin(asked, lastSeen);
        }
        if (response.body() instanceof Feed feed) {
            return feed;
        }
        throw RequestRefused.of(refusal(asked, response));
    }

    @SuppressWarnings("unchecked") // the body handler below makes bytes of whatever is no feed
    private Answer refusal(Asked asked, HttpResponse<Object> response) {
        return answer(asked, (HttpResponse<byte[]>) (HttpResponse<?>) response);
    }

    private HttpResponse<Object> begin(Asked whole, String lastSeen) {
        Asked asked = lastSeen.isEmpty()
                ? whole
                : Asked.read(whole.path() + (whole.path().contains("?") ? "&" : "?") + "after="
                        + URLEncoder.encode(lastSeen, StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(request(asked, STREAM_MAX), (name, value) -> true)
                .setHeader("Accept", "text/event-stream, " + Problem.MEDIA_TYPE);
        CompletableFuture<HttpResponse<Object>> response = connection
                .http()
                .sendAsync(
                        request.build(),
                        head -> head.statusCode() == 200
                                ? new Feed()
                                : BodySubscribers.mapping(BodySubscribers.ofByteArray(), bytes -> (Object) bytes));
        try {
            return response.get(patience.request().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw fetchFailed(asked, e.getCause());
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new ServerUnreachable(
                    asked + " on " + connection.server() + ": not answered after " + patience.request(), e);
        } catch (InterruptedException e) {
            response.cancel(true);
            throw interrupted(asked, e);
        }
    }

    long nanoTime() {
        return connection.time().nanoTime();
    }

    /** Whether a server that was lost then has stayed away for too long. */
    boolean isPatienceOver(long lostNs) {
        return Duration.ofNanos(nanoTime() - lostNs).compareTo(patience.reconnect()) > 0;
    }

    /** Before a stream is taken up again, ever longer. */
    void pauseBefore(int tries) {
        pause(backOff(patience.pollFirst(), tries, patience.pollMax()), Asked.read("/events"));
    }

    /** What one request has met with so far. Counted over all its repetitions, so that they end. */
    private static final class Losses {
        private int answers;
        private int connections;
        private long lastAnswerNs;
    }

    private Answer send(Asked asked, Losses losses) {
        int busy = 0;
        boolean corrected = false;
        while (true) {
            try {
                Answer answer = once(asked);
                if (answer.status() == 401 && !corrected && connection.clock().corrects(answer)) {
                    corrected = true;
                } else if (answer.status() == 429 && busy < patience.busyRetries()) {
                    pause(busyDelay(answer, busy), asked);
                    busy++;
                } else {
                    return answer;
                }
            } catch (IOException e) {
                pauseAfter(e, asked, losses);
            } catch (InterruptedException e) {
                throw interrupted(asked, e);
            }
        }
    }

    private Answer once(Asked asked) throws IOException, InterruptedException {
        if (asked.method().equals("GET")
                && asked.key() == null
                && connection.firstReads().take()) {
            URI target = target(asked);
            connection.watcher().about(asked.method(), target, Optional.empty(), Optional.empty());
            return withTime(
                    connection.firstReads().get(asked.toString(), target, headers(asked, target), patience.request()));
        }
        return answer(asked, connection.http().send(request(asked, patience.request()), BodyHandlers.ofByteArray()));
    }

    /** Returns when the request is to be repeated; a server that was there and went away in the middle of it may come back. */
    private void pauseAfter(IOException failure, Asked asked, Losses losses) {
        if (neverSent(failure)) {
            if (losses.answers == 0) {
                throw unreachable(failure);
            }
            if (Duration.ofNanos(connection.time().nanoTime() - losses.lastAnswerNs)
                            .compareTo(patience.reconnect())
                    > 0) {
                throw lost(asked, failure);
            }
            losses.connections++;
        } else {
            if (losses.answers == patience.lostRetries()) {
                throw lost(asked, failure);
            }
            losses.answers++;
            losses.connections = 0;
            losses.lastAnswerNs = connection.time().nanoTime();
        }
        pause(backOff(patience.pollFirst(), losses.answers - 1 + losses.connections, patience.pollMax()), asked);
        if (!repeatable(asked, losses)) {
            throw lost(asked, failure);
        }
    }

    private boolean repeatable(Asked asked, Losses losses) {
        return asked.key() == null
                || switch (keys) {
                    case HONOURED -> true;
                    case IGNORED -> false;
                    case ASKED -> serverHonoursKeys(losses);
                };
    }

    /** A plan that cannot be there is asked for: only Bricklayer, which honours keys, knows what that is. */
    private boolean serverHonoursKeys(Losses losses) {
        try {
            return send(Asked.read("/plans/0"), losses).isBricklayers();
        } catch (ServerUnreachable e) {
            return false;
        }
    }

    private URI target(Asked asked) {
        return URI.create(connection.server() + asked.path());
    }

    private HttpRequest request(Asked asked, Duration longest) {
        URI target = target(asked);
        Optional<String> body = Optional.ofNullable(asked.body()).map(WireJson::write);
        BodyPublisher sent = body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
        connection.watcher().about(asked.method(), target, body, Optional.ofNullable(asked.key()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).method(asked.method(), sent).timeout(longest);
        headers(asked, target).forEach(request::header);
        return request.build();
    }

    private Map<String, String> headers(Asked asked, URI target) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json, " + Problem.MEDIA_TYPE);
        if (asked.body() != null) {
            headers.put("Content-Type", "application/json");
        }
        if (asked.key() != null) {
            headers.put("Idempotency-Key", asked.key());
        }
        connection
                .signer()
                .ifPresent(it -> headers.put(
                        "Authorization",
                        "bearer "
                                + it.token(
                                        asked.method(),
                                        target.getPath(),
                                        connection.clock().now())));
        return headers;
    }

    private Answer answer(Asked asked, HttpResponse<byte[]> response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return withTime(new Answer(asked.toString(), response.statusCode(), headers, response.body(), ""));
    }

    private Answer withTime(Answer answer) {
        return answer.status() == 401
                ? connection.clock().apart(answer).map(answer::ofAnotherTime).orElse(answer)
                : answer;
    }

    private Duration busyDelay(Answer refusal, int tries) {
        Duration own = backOff(patience.busyFirst(), tries, patience.busyMax());
        Duration asked =
                refusal.header("Retry-After").flatMap(Exchange::seconds).orElse(own);
        Duration bounded = asked.compareTo(patience.busyMax()) > 0 ? patience.busyMax() : asked;
        // spread out, so that those who were refused together do not come back together
        return bounded.plusMillis(connection.random().nextLong(bounded.toMillis() / 2 + 1));
    }

    private static Optional<Duration> seconds(String text) {
        String digits = text.strip();
        return digits.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(digits)))
                : Optional.empty();
    }

    static Duration backOff(Duration first, int tries, Duration max) {
        Duration next = first.multipliedBy(1L << Math.min(tries, 20));
        return next.compareTo(max) > 0 ? max : next;
    }

    private void pause(Duration length, Asked asked) {
        try {
            connection.time().sleep(length);
        } catch (InterruptedException e) {
            throw interrupted(asked, e);
        }
    }

    private static boolean neverSent(IOException e) {
        return e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e instanceof SSLHandshakeException;
    }

    private ServerUnreachable unreachable(IOException e) {
        return new ServerUnreachable("cannot reach " + connection.server() + ": " + why(e), e);
    }

    private static String why(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host name cannot be resolved";
            }
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return e instanceof ConnectException
                ? "connection refused"
                : e.getClass().getSimpleName();
    }

    private BricklayerException lost(Asked asked, IOException e) {
        String what = asked + " on " + connection.server() + ": no answer: " + why(e);
        return asked.key() == null
                ? new ServerUnreachable(what, e)
                : new OutcomeUnknown(what + "; whether it acted is not known", asked.key(), null, e);
    }

    private static BricklayerException interrupted(Asked asked, InterruptedException e) {
        Thread.currentThread().interrupt();
        String what = asked + ": interrupted while waiting for the answer";
        return asked.key() == null ? new ServerUnreachable(what, e) : new OutcomeUnknown(what, asked.key(), null, e);
    }
}
