package bricklayer.functional;

import bricklayer.client.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Plain requests, for what the client library keeps from its callers: which status came, and that no answer came. */
final class Rest implements AutoCloseable {

    private static final Credentials ADMIN = Credentials.admin(ServerProcess.ADMIN_KEY);

    private final URI server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Rest(URI server) {
        this.server = server;
    }

    record Answer(int status, String body, Optional<String> location, boolean pending, Optional<String> retryAfter) {}

    /**
     * @param idempotencyKey empty for none
     * @throws IOException when no answer came; the request may have acted
     */
    Answer send(String method, String path, String body, String idempotencyKey)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(method, path, body);
        if (!idempotencyKey.isEmpty()) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return answer(request);
    }

    /**
     * @param accept the media type that errors shall have
     */
    Answer sendAsking(String method, String path, String body, String accept) throws IOException, InterruptedException {
        return answer(request(method, path, body).header("Accept", accept));
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "bearer " + ADMIN.token(method, path.replaceFirst("\\?.*", ""), Instant.now()))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("Location"),
                response.headers()
                        .firstValue("X-Pending")
                        .filter("true"::equals)
                        .isPresent(),
                response.headers().firstValue("Retry-After"));
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    /** Saves an answer that is no text, and fails unless there is one of the length that was announced. */
    void save(String path, Path file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "bearer " + ADMIN.token("GET", path, Instant.now()))
                .build();
        HttpResponse<Path> response = http.send(request, BodyHandlers.ofFile(file));
        if (response.statusCode() != 200
                || response.headers().firstValueAsLong("Content-Length").orElse(-1) != Files.size(file)) {
            throw new AssertionError(path + " answered " + response.statusCode() + " "
                    + response.headers().map());
        }
    }

    /** Asks until the operation has ended. Fails when that takes too long. */
    Answer end(String queuePath, Duration longest, Duration pause) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        Answer answer = get(queuePath);
        while (answer.status() == 200 && answer.pending()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(queuePath + " did not end within " + longest);
            }
            Thread.sleep(pause);
            answer = get(queuePath);
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
