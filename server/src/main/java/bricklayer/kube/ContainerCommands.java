package bricklayer.kube;

import bricklayer.kube.ExecResult.Cause;
import bricklayer.kube.ExecResult.NotStarted;
import bricklayer.kube.ExecResult.Unknown;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Gives commands to containers, each over a connection of its own, as the API server wants it. Sends each at most once. Thread-safe.
 *
 * <p>While a command runs the server is asked for signs of life; one that has given some and gives none any more is given up. One that never gave any
 * is not held to it: something between may swallow them.
 */
public final class ContainerCommands {

    /** The second half of the protocol's newest version is about standard input, which is not used. */
    private static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

    private static final int SIGNS_OWED_MAX = 3;
    private static final int UNAUTHORIZED = 401;

    private final URI server;
    private final Identity identity;
    private final WebSocket.Server reached;
    private final Duration keepAlive;
    private final RandomGenerator random;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean givesSigns;

    ContainerCommands(
            URI server, Identity identity, WebSocket.Server reached, Duration keepAlive, RandomGenerator random) {
        this.server = server;
        this.identity = identity;
        this.reached = reached;
        this.keepAlive = keepAlive;
        this.random = random;
    }

    /** A container of a pod. */
    public record Target(String namespace, String pod, String container) {}

    /**
     * Runs a command to its end.
     *
     * @param out takes standard output, {@code err} standard error; written by another thread until this returns
     * @param longest how long to wait for its end
     * @param lost completed, with the reason, when there is no sense in waiting any longer
     */
    public ExecResult run(
            Target target,
            List<String> argv,
            OutputStream out,
            OutputStream err,
            Duration longest,
            CompletableFuture<String> lost) {
        URI uri = uri(target, argv);
        for (boolean again = false; ; again = true) {
            Run run = new Run(out, err);
            running.add(run);
            try {
                if (closed) {
                    return new NotStarted(Cause.CLOSED, "the connection to Kubernetes is closed");
                }
                return run.to(uri, longest, lost);
            } catch (WebSocket.NotConnected e) {
                return new NotStarted(
                        Cause.API_SERVER, "the API server " + server + " is not reached: " + Explained.of(e));
            } catch (WebSocket.Refused e) {
                if (e.refusal().status() == UNAUTHORIZED && !again && identity.renewed()) {
                    continue;
                }
                return Refusals.meaning(e.refusal(), target);
            } catch (IOException e) {
                return new Unknown("the connection to the API server " + server
                        + " broke before it said whether the command starts: " + Explained.of(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Unknown("interrupted while waiting for the answer");
            } finally {
                run.close();
                running.remove(run);
            }
        }
    }

    /** Ends running commands as unknown; later ones are not started. */
    void close() {
        closed = true;
        running.forEach(Run::close);
    }

    private URI uri(Target target, List<String> argv) {
        StringBuilder text = new StringBuilder(server.toString().replaceAll("/+$", ""))
                .append("/api/v1/namespaces/")
                .append(encoded(target.namespace()))
                .append("/pods/")
                .append(encoded(target.pod()))
                .append("/exec?container=")
                .append(encoded(target.container()))
                .append("&stdin=false&stdout=true&stderr=true&tty=false");
        argv.forEach(argument -> text.append("&command=").append(encoded(argument)));
        return URI.create(text.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** One command. */
    private final class Run implements WebSocket.Receiver {

        private final Streams streams;
        private final CompletableFuture<ExecResult> ended = new CompletableFuture<>();
        private final Socket socket = new Socket();
        private final AtomicInteger signsOwed = new AtomicInteger();

        Run(OutputStream out, OutputStream err) {
            this.streams = new Streams(out, err);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // completing cannot fail
        ExecResult to(URI uri, Duration longest, CompletableFuture<String> lost)
                throws WebSocket.NotConnected, WebSocket.Refused, IOException, InterruptedException {
            WebSocket open = WebSocket.open(uri, identity.headers(), PROTOCOLS, reached, random, socket);
            if (!PROTOCOLS.contains(open.protocol())) {
                return new Unknown("the API server speaks none of " + PROTOCOLS + ", but \"" + open.protocol() + '"');
            }
            Thread.ofVirtual().name("kube exec").start(() -> receive(open));
            lost.thenAccept(why -> ended.complete(new Unknown(why)));
            long end = System.nanoTime() + longest.toNanos();
            while (true) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return new Unknown("no answer within " + longest.toSeconds() + " s");
                }
                try {
                    return ended.get(Math.min(left, keepAlive.toNanos()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (signsOwed.get() >= SIGNS_OWED_MAX && givesSigns) {
                        return new Unknown("the API server " + server + " has given no sign of life for "
                                + keepAlive.multipliedBy(SIGNS_OWED_MAX).toSeconds() + " s");
                    }
                    signsOwed.incrementAndGet();
                    ask(open);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("it is never completed so", e);
                }
            }
        }

        /** A socket that cannot be written to breaks for the reader, too, who says so. */
        private void ask(WebSocket open) {
            Thread.ofVirtual().start(() -> {
                try {
                    open.ping();
                } catch (IOException e) {
                    open.close();
                }
            });
        }

        private void receive(WebSocket open) {
            try {
                open.receive(this);
                ended.complete(streams.result()
                        .orElseGet(() -> new Unknown("the connection was closed while the command ran")));
            } catch (IOException e) {
                ended.complete(streams.result()
                        .orElseGet(() ->
                                new Unknown("the connection was lost while the command ran: " + Explained.of(e))));
            } finally {
                ended.complete(new Unknown("reading what the command said failed"));
            }
        }

        @Override
        public void part(boolean first, boolean last, byte[] bytes, int length) throws IOException {
            signsOwed.set(0);
            streams.part(first, last, bytes, length);
            // what the command said comes before how it ended
            streams.result().ifPresent(ended::complete);
        }

        @Override
        public void pong() {
            signsOwed.set(0);
            givesSigns = true;
        }

        void close() {
            WebSocket.quietly(socket);
        }
    }
}
