package bricklayer.functional.history;

import bricklayer.client.Credentials;
import bricklayer.functional.ServerProcess;
import bricklayer.functional.conformance.Reply;
import bricklayer.functional.conformance.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends one request after the other on one connection and has each recorded. When the server is gone it waits for the next one. One thread. */
public final class Caller implements AutoCloseable {

    private static final Credentials ADMIN = Credentials.admin(ServerProcess.ADMIN_KEY);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    private static final int PAUSE_MS = 10;

    private final Servers servers;
    private final Recorder recorder;
    private final String name;
    private @Nullable Wire wire;
    private int wireLeadsTo = -1;

    public Caller(Servers servers, Recorder recorder, String name) {
        this.servers = servers;
        this.recorder = recorder;
        this.name = name;
    }

    public Exchange get(String path) throws InterruptedException {
        return send("GET", path, "", "");
    }

    /** Sent once, to a server that takes connections. Whether an answer came is to be seen from the result. */
    public Exchange send(String method, String path, String body, String key) throws InterruptedException {
        Wire to = connected();
        long number = recorder.nextNumber();
        byte[] request = Wire.request(
                method,
                path,
                body.getBytes(StandardCharsets.UTF_8),
                "Authorization: bearer " + ADMIN.token(method, path, Instant.now()),
                "X-Request-ID: x" + number,
                key.isEmpty() ? "Content-Type: application/json" : "Idempotency-Key: " + key);
        long started = recorder.now();
        Exchange exchange;
        try {
            Reply reply = to.exchange(request);
            exchange = new Exchange(
                    number,
                    name,
                    wireLeadsTo,
                    started,
                    recorder.now(),
                    method,
                    path,
                    body,
                    key,
                    reply.status(),
                    reply.header("location").orElse(""),
                    reply.pending(),
                    reply.body(),
                    reply.header("x-request-id").orElse(""),
                    "");
            if (reply.header("connection").orElse("").equals("close")) {
                close();
            }
        } catch (IOException e) {
            exchange = new Exchange(
                    number,
                    name,
                    wireLeadsTo,
                    started,
                    recorder.now(),
                    method,
                    path,
                    body,
                    key,
                    0,
                    "",
                    false,
                    "",
                    "",
                    e.toString());
            close();
        }
        recorder.record(exchange);
        return exchange;
    }

    private Wire connected() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (wire == null || wireLeadsTo != servers.number()) {
            close();
            int now = servers.number();
            try {
                if (now == Servers.NONE) {
                    throw new IllegalStateException("the server is down");
                }
                wire = new Wire(servers.port());
                wireLeadsTo = now;
            } catch (IllegalStateException notThere) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("no server for " + LONGEST_WAIT, notThere);
                }
                Thread.sleep(PAUSE_MS);
            }
        }
        return wire;
    }

    @Override
    public void close() {
        try {
            if (wire != null) {
                wire.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing a connection", e);
        } finally {
            wire = null;
        }
    }
}
