package bricklayer.http;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.WireStream;
import bricklayer.config.HttpConfig;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.problem.Problem;
import bricklayer.store.StoreException;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real server on a free port, with routes shaped like the real ones. */
public final class SampleServer implements AutoCloseable {

    public record Answered(String method, String route, int status) {}

    public static final HttpConfig CONFIG = new HttpConfig(
            Optional.of(InetAddress.getLoopbackAddress()),
            0,
            Optional.empty(),
            64 * 1024,
            128 * 1024,
            Duration.ofSeconds(10),
            0,
            200,
            Duration.ofSeconds(5));

    /** As many members as fill every buffer between the handler and the client. */
    static final int MANY = 100_000;

    private static final String ID = "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b";

    public final HttpServer server;
    public final RawHttp http;
    private final BlockingQueue<Answered> answered = new LinkedBlockingQueue<>();

    public SampleServer(Gate... gates) {
        this(CONFIG, gates);
    }

    public SampleServer(HttpConfig config, Gate... gates) {
        server = HttpServer.start(
                config,
                List.of(gates),
                List.of(new HelloRoutes(), SampleServer::mount),
                (method, route, status, took) -> answered.add(new Answered(method, route, status)),
                new Random(1));
        http = new RawHttp(server.port());
    }

    private static void mount(Router routes) {
        routes.get("/clusters", ctx -> Replies.json(ctx, Map.of("clusters", List.of())))
                .post("/clusters", ctx -> Replies.json(ctx, 201, Bodies.read(ctx, VolumeCreateRequest.class)))
                .get("/clusters/{id}", ctx -> Replies.json(ctx, Map.of("id", ctx.pathParam("id"))))
                .delete("/clusters/{id}", ctx -> Replies.empty(ctx, 200))
                .post("/clusters/{id}/flags", ctx -> Replies.emptyJson(ctx))
                .get("/volumes", ctx -> Replies.indentedJson(ctx, Map.of("volumes", List.of("a"))))
                .post("/volumes", ctx -> {
                    Bodies.read(ctx, VolumeCreateRequest.class);
                    Replies.accepted(ctx, ID);
                })
                .get("/volumes/{id}", ctx -> {
                    throw Problem.notFound();
                })
                .delete("/devices/{id}", ctx -> {
                    Optional<Durability> body = Bodies.readOptional(ctx, Durability.class);
                    Replies.json(ctx, Map.of("body", body.isPresent()));
                })
                .get("/devices/{id}/resync", ctx -> Replies.accepted(ctx, ID))
                .get("/queue/{id}", ctx -> {
                    switch (ctx.pathParam("id")) {
                        case "aa" -> Replies.pending(ctx);
                        case "bb" -> Replies.seeOther(ctx, "/volumes/" + ID);
                        case "cc" -> Replies.empty(ctx, 204);
                        default -> throw Problem.of(500, "failed", "No space");
                    }
                })
                .get(
                        "/streamed/whole",
                        ctx -> Replies.streamedJson(
                                ctx, out -> members(out, MANY).endObject()))
                .get(
                        "/streamed/broken",
                        ctx -> Replies.streamedJson(ctx, out -> {
                            members(out, MANY);
                            throw new IllegalStateException("a secret detail");
                        }))
                .get(
                        "/streamed/refused",
                        ctx -> Replies.streamedJson(ctx, out -> {
                            members(out, 1);
                            throw Problem.notFound();
                        }))
                .get("/file", ctx -> Replies.attachment(ctx, "some.db", new ByteArrayInputStream(new byte[MANY]), MANY))
                .get("/text", ctx -> {
                    Map<String, Object> odd = new LinkedHashMap<>();
                    odd.put("odd", "<a href='x'>&\u2028\u2029 größe");
                    Replies.json(ctx, odd);
                })
                .get("/problems/busy", ctx -> {
                    throw Problem.busy(Duration.ofMillis(1_200));
                })
                .get("/problems/conflict", ctx -> {
                    throw Problem.conflict("Hostname n1 already used by node with id " + ID + "\n")
                            .about("node " + ID)
                            .next("use another name")
                            .detail("hostname", "n1");
                })
                .get("/problems/host", ctx -> {
                    throw new HostFailure(
                            new HostName("n1"),
                            Command.of(Duration.ofSeconds(1), "pvcreate", "/dev/vdb"),
                            new CommandResult.Exited(5, "", "Can't open /dev/vdb exclusively."));
                })
                .get("/problems/store", ctx -> {
                    throw new StoreException("cannot write segment 3: disk full");
                })
                .get("/problems/fault", ctx -> {
                    throw new IllegalStateException("a secret detail");
                })
                .get("/problems/error", ctx -> {
                    throw new AssertionError("a secret detail");
                })
                .get("/problems/checked", ctx -> {
                    throw new java.io.FileNotFoundException("a secret detail");
                });
    }

    private static WireStream members(WireStream out, int count) {
        out.beginObject();
        for (int i = 0; i < count; i++) {
            out.member("number" + i, i);
        }
        return out;
    }

    /** The next answer the observer heard of, which may be a moment after the client had it; null when there is none. */
    public @Nullable Answered nextAnswered() throws InterruptedException {
        return answered.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        server.close();
    }
}
