package bricklayer.client;

import bricklayer.api.Problem;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and brings its answer, whatever it says, repeating what is safe to repeat: what the server refused with 429, and what
 * has no answer when it only reads or carries a key that the server honours. Redirects are not followed: each path needs its own token.
 */
class Exchange {

    private final HttpClient http;
    private final URI server;
    private final Optional<Signer> signer;
    private final Patience patience;
    private final IdempotencyKeys keys;
    private final TimeSource time;
    private final RandomGenerator random;

    Exchange(
            HttpClient http,
            URI server,
            Optional<Credentials> credentials,
            Patience patience,
            IdempotencyKeys keys,
            TimeSource time,
            RandomGenerator random) {
        this(credentials.map(Signer::new), http, server, patience, keys, time, random);
    }

    private Exchange(
            Optional<Signer> signer,
            HttpClient http,
            URI server,
            Patience patience,
            IdempotencyKeys keys,
            TimeSource time,
            RandomGenerator random) {
        this.http = http;
        this.server = server;
        this.signer = signer;
        this.patience = patience;
        this.keys = keys;
        this.time = time;
        this.random = random;
    }

    /**
     * @throws ServerUnreachable when there was no connection or no answer
     */
    Answer read(String path) {
        return send("GET", path, null, null);
    }

    /**
     * @param body written as JSON; none when null
     * @throws ServerUnreachable when there was no connection
     * @throws OutcomeUnknown when the answer was lost
     */
    Answer change(String method, String path, @Nullable Object body, String idempotencyKey) {
        return send(method, path, body, idempotencyKey);
    }

    /** The same exchange, whose changes are asked for as dry runs: the first answer is thrown as {@link Planned}. Reads go on as ever. */
    Exchange planning() {
        return new Exchange(signer, http, server, patience, keys, time, random) {
            @Override
            Answer change(String method, String path, @Nullable Object body, String idempotencyKey) {
                // without a key, since nothing acts that could act twice
                throw new Planned(
                        send(method, path + "?dryRun=true", body, null).require(200));
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
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(
                request("GET", path, null, null, patience.operation()),
                head -> head.statusCode() == 200 ? new WrittenBody(out) : BodySubscribers.ofByteArray());
        try {
            return new Answer("GET " + path, response.get(patience.operation().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw fetchFailed(path, e.getCause());
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new ServerUnreachable(
                    "GET " + path + " on " + server + ": not answered in full after " + patience.operation(), e);
        } catch (InterruptedException e) {
            response.cancel(true);
            throw interrupted("GET", path, null, e);
        }
    }

    private RuntimeException fetchFailed(String path, @Nullable Throwable cause) {
        if (cause instanceof WrittenBody.NotTaken notTaken) {
            return new UncheckedIOException("GET " + path + ": cannot write the answer", notTaken.why());
        }
        if (cause instanceof IOException io) {
            return neverSent(io) ? unreachable(io) : lost("GET", path, null, io);
        }
        return new IllegalStateException("GET " + path, cause);
    }

    private Answer send(String method, String path, @Nullable Object body, @Nullable String key) {
        int lost = 0;
        int busy = 0;
        while (true) {
            try {
                Answer answer = new Answer(
                        method + " " + path,
                        http.send(request(method, path, body, key, patience.request()), BodyHandlers.ofByteArray()));
                if (answer.status() != 429 || busy == patience.busyRetries()) {
                    return answer;
                }
                pause(busyDelay(answer, busy), method, path, key);
                busy++;
            } catch (IOException e) {
                if (neverSent(e)) {
                    throw unreachable(e);
                }
                boolean repeatable = key == null || keys == IdempotencyKeys.HONOURED;
                if (!repeatable || lost == patience.lostRetries()) {
                    throw lost(method, path, key, e);
                }
                pause(backOff(patience.pollFirst(), lost, patience.pollMax()), method, path, key);
                lost++;
            } catch (InterruptedException e) {
                throw interrupted(method, path, key, e);
            }
        }
    }

    private HttpRequest request(
            String method, String path, @Nullable Object body, @Nullable String key, Duration longest) {
        URI target = URI.create(server + path);
        BodyPublisher sent = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(WireJson.write(body));
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(method, sent)
                .timeout(longest)
                .header("Accept", "application/json, " + Problem.MEDIA_TYPE);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        signer.ifPresent(
                it -> request.header("Authorization", "bearer " + it.token(method, target.getPath(), time.now())));
        return request.build();
    }

    private Duration busyDelay(Answer refusal, int tries) {
        Duration own = backOff(patience.busyFirst(), tries, patience.busyMax());
        Duration asked =
                refusal.header("Retry-After").flatMap(Exchange::seconds).orElse(own);
        Duration bounded = asked.compareTo(patience.busyMax()) > 0 ? patience.busyMax() : asked;
        // spread out, so that those who were refused together do not come back together
        return bounded.plusMillis(random.nextLong(bounded.toMillis() / 2 + 1));
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

    private void pause(Duration length, String method, String path, @Nullable String key) {
        try {
            time.sleep(length);
        } catch (InterruptedException e) {
            throw interrupted(method, path, key, e);
        }
    }

    private static boolean neverSent(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException || e instanceof SSLException;
    }

    private ServerUnreachable unreachable(IOException e) {
        return new ServerUnreachable("cannot reach " + server + ": " + why(e), e);
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

    private BricklayerException lost(String method, String path, @Nullable String key, IOException e) {
        String what = method + " " + path + " on " + server + ": no answer: " + why(e);
        return key == null
                ? new ServerUnreachable(what, e)
                : new OutcomeUnknown(what + "; whether it acted is not known", key, null, e);
    }

    private static BricklayerException interrupted(
            String method, String path, @Nullable String key, InterruptedException e) {
        Thread.currentThread().interrupt();
        String what = method + " " + path + ": interrupted while waiting for the answer";
        return key == null ? new ServerUnreachable(what, e) : new OutcomeUnknown(what, key, null, e);
    }
}
