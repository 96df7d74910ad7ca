package bricklayer.client;

import bricklayer.api.PlanInfo;
import bricklayer.api.TopologyFile;
import bricklayer.api.TopologyInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A client for a Bricklayer or Heketi server. Every call returns when what it asks for has happened, operations included. Thread-safe.
 *
 * <pre>{@code
 * BricklayerClient client = BricklayerClient.to(URI.create("http://localhost:8080"))
 *         .as(Credentials.admin("My Secret"))
 *         .build();
 * VolumeInfo volume = client.createVolume(VolumeCreateRequest.of(10, Durability.replicate(3)));
 * }</pre>
 *
 * <p>The calls are grouped by what they are about: {@link ClusterCalls}, {@link NodeCalls}, {@link DeviceCalls}, {@link VolumeCalls}, {@link BlockVolumeCalls},
 * {@link OperationCalls}, {@link RecordCalls}, {@link ReconcileCalls}, {@link EventCalls} and {@link ServiceCalls}; the client is all of them. Those that Heketi does not have are
 * answered by one with 404, as {@link NotFound}.
 *
 * <p>Each mutating call carries a fresh {@code Idempotency-Key}, so that it acts once even where the client has to repeat it.
 *
 * <p>All calls throw {@link RequestRefused} (the server said no; its subclasses say why), {@link ServerUnreachable} (nothing changed), mutating ones also
 * {@link OutcomeUnknown}, and all {@link UnexpectedAnswer} when the other side does not speak this API. Interrupting the thread ends the wait, not the operation.
 *
 * <p>Any call can be made in another thread, see {@link #supplyAsync} and {@link #runAsync}.
 */
public final class BricklayerClient
        implements ClusterCalls,
                NodeCalls,
                DeviceCalls,
                VolumeCalls,
                BlockVolumeCalls,
                OperationCalls,
                RecordCalls,
                ReconcileCalls,
                EventCalls,
                ServiceCalls {

    private final Wire wire;
    private final Executor threads;

    private BricklayerClient(Wire wire, Executor threads) {
        this.wire = wire;
        this.threads = threads;
    }

    /**
     * Begins to describe a client; nothing is sent yet.
     *
     * @param server such as {@code http://localhost:8080}; a path in it is put before every path and signed
     */
    public static Builder to(URI server) {
        return new Builder(server);
    }

    /** The same client, for one mutating call that must act once even if it is repeated by another process: each of its calls carries this key. */
    public BricklayerClient withIdempotencyKey(String key) {
        return new BricklayerClient(wire.withKey(Objects.requireNonNull(key, "key")), threads);
    }

    Wire wire() {
        return wire;
    }

    /**
     * Makes calls in another thread.
     *
     * <pre>{@code
     * CompletableFuture<VolumeInfo> volume = client.supplyAsync(it -> it.createVolume(request));
     * }</pre>
     *
     * <p>The future ends with what {@code calls} returns or throws. Cancelling it, or a timeout of it ({@link CompletableFuture#orTimeout}), ends the wait and not
     * the operation; with a key of one's own ({@link #withIdempotencyKey}) the same call finds out later what became of it. A future made from it, as by
     * {@code thenApply}, does not pass its cancelling on.
     *
     * <p>There is one way to make a call, and this is it in a thread: an operation takes seconds to hours, and what waits for it costs a thread that sleeps. For
     * many at once give the builder an executor with virtual threads.
     *
     * @throws java.util.concurrent.RejectedExecutionException when too many calls wait for a thread
     */
    public <T> CompletableFuture<T> supplyAsync(Function<BricklayerClient, T> calls) {
        return Calls.begin(threads, () -> calls.apply(this));
    }

    /** As {@link #supplyAsync}, for calls that return nothing, such as {@code client.runAsync(it -> it.deleteVolume(id))}. */
    public CompletableFuture<@Nullable Void> runAsync(Consumer<BricklayerClient> calls) {
        return Calls.begin(threads, () -> {
            calls.accept(this);
            return null;
        });
    }

    /**
     * What a change would do: the first one that {@code change} asks its client for is planned and shown, and ends {@code change}. Nothing is changed.
     *
     * <pre>{@code
     * PlanInfo plan = client.plan(it -> it.deleteVolume(id)).orElseThrow();
     * client.carryOut(plan.id());
     * }</pre>
     *
     * @return empty when it asked for none
     * @throws RequestRefused also what the change itself would be refused with at once
     * @throws UnexpectedAnswer when the server cannot plan; it was not asked for the change then, for a server that does not know dry runs would do it
     */
    public Optional<PlanInfo> plan(Consumer<BricklayerClient> change) {
        Answer known = wire.read("/plans/0");
        if (known.status() != 404 || !known.isAbout("not-found")) {
            throw new UnexpectedAnswer(
                    "the server cannot plan changes without making them; nothing was asked of it", null);
        }
        try {
            change.accept(new BricklayerClient(wire.planning(), threads));
            return Optional.empty();
        } catch (Exchange.Planned planned) {
            return Optional.of(planned.answer().as(PlanInfo.class));
        }
    }

    /** A plan that was made before; refused with {@link NotFound} when the server has forgotten it. */
    public PlanInfo plan(String id) {
        return wire.get("/plans/" + Wire.segment(id), PlanInfo.class);
    }

    /**
     * Does what a plan says; a second time does nothing more. Returns when it is done.
     *
     * @return where its result is found; empty when there is none to show
     * @throws Conflict when something it depends on has changed; nothing was done
     * @throws OperationFailed when it was begun, failed and was taken back
     */
    public Optional<String> carryOut(String id) {
        wire.operate("POST", "/plans/" + Wire.segment(id), null);
        return Optional.of(plan(id).resource()).filter(path -> !path.isEmpty());
    }

    /** All clusters with their volumes and nodes, put together from many requests; what is deleted meanwhile is left out. */
    public TopologyInfo topology() {
        return new TopologyReader(this).read();
    }

    /**
     * Adds the clusters, nodes and devices of the file that are not there yet, one after the other. What is there already stays as it is; a
     * refused node or device is skipped and reported.
     *
     * @param progress told of each step, in the calling thread
     */
    public TopologyLoad loadTopology(TopologyFile file, Consumer<TopologyStep> progress) {
        return new TopologyLoader(this, progress).load(file);
    }

    /** What would make the service what the file says; nothing is changed. */
    public TopologyPlan planTopology(TopologyFile file) {
        return TopologyPlanner.plan(topology(), file);
    }

    /**
     * Makes the changes of a plan, one after the other. What depends on a refused one is left out, everything else is done. After any failure a new plan has what is left.
     *
     * @param progress told of each change, in the calling thread
     * @return one for each change
     */
    public List<TopologyApplied> applyTopology(TopologyPlan plan, Consumer<TopologyApplied> progress) {
        return new TopologyApplier(this, progress).apply(plan);
    }

    /**
     * Defaults: no credentials, {@link Patience#NORMAL}, a server that is asked whether it honours idempotency keys, this machine's clock, the JDK's trusted certificates, a few
     * threads for {@link #supplyAsync}.
     */
    public static final class Builder {

        private final URI server;
        private Optional<Credentials> credentials = Optional.empty();
        private Patience patience = Patience.NORMAL;
        private IdempotencyKeys keys = IdempotencyKeys.ASKED;
        private TimeSource time = TimeSource.SYSTEM;
        private Optional<RandomGenerator> random = Optional.empty();
        private boolean followsServerClock;
        private boolean shortLived;
        private Optional<SSLContext> tls = Optional.empty();
        private Executor threads = Calls.byDefault();
        private RequestWatcher watcher = (method, target, body, key) -> {};
        private OperationWatcher onlooker = OperationWatcher.NONE;

        private Builder(URI server) {
            String scheme = String.valueOf(server.getScheme());
            if (!(scheme.equals("http") || scheme.equals("https")) || server.getHost() == null) {
                throw new IllegalArgumentException(
                        "not the address of a server: " + server + "; expected something like http://localhost:8080");
            }
            String text = server.toString();
            this.server = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        }

        public Builder as(Credentials who) {
            this.credentials = Optional.of(who);
            return this;
        }

        public Builder patience(Patience howLong) {
            this.patience = Objects.requireNonNull(howLong, "howLong");
            return this;
        }

        public Builder idempotencyKeys(IdempotencyKeys what) {
            this.keys = Objects.requireNonNull(what, "what");
            return this;
        }

        public Builder time(TimeSource source) {
            this.time = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Makes tokens of the server's time once it has refused one and its clock differs from ours by more than ten seconds. It is believed without proof, so
         * over a network that is not trusted use this with HTTPS only: whoever can forge an answer could have tokens made for a later day.
         */
        public Builder followServerClock() {
            this.followsServerClock = true;
            return this;
        }

        /** Where idempotency keys come from, and the spread of waits. */
        public Builder random(RandomGenerator source) {
            this.random = Optional.of(source);
            return this;
        }

        /**
         * For a program that asks a few things and ends: the first few reads from an {@code http://} server go over sockets of their own, which saves the time that an
         * {@code HttpClient} takes to begin. Interrupting a thread does not end those before their timeout.
         */
        public Builder shortLived() {
            this.shortLived = true;
            return this;
        }

        public Builder tls(SSLContext context) {
            this.tls = Optional.of(context);
            return this;
        }

        /** Where {@link #supplyAsync} makes its calls, such as {@code Executors.newVirtualThreadPerTaskExecutor()} from Java 21 on; not shut down by the client. */
        public Builder executor(Executor executor) {
            this.threads = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** Who looks on while calls wait for their operations. */
        public Builder lookedOnBy(OperationWatcher who) {
            this.onlooker = Objects.requireNonNull(who, "who");
            return this;
        }

        /** Who looks at each request before it is sent. */
        public Builder watching(RequestWatcher who) {
            this.watcher = Objects.requireNonNull(who, "who");
            return this;
        }

        public BricklayerClient build() {
            RandomGenerator chance = random.orElseGet(SecureRandom::new);
            Exchange exchange = new Exchange(
                    new Exchange.Connection(
                            shortLived ? new Once<>(this::http) : always(http()),
                            shortLived ? FirstReads.of(server, patience.connect()) : FirstReads.none(),
                            server,
                            credentials.map(Signer::new),
                            new TokenClock(time, followsServerClock),
                            time,
                            chance,
                            watcher),
                    patience,
                    keys);
            return new BricklayerClient(
                    new Wire(exchange, new QueueFollower(exchange, patience, time, onlooker), chance, null), threads);
        }

        private HttpClient http() {
            HttpClient.Builder http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(patience.connect());
            tls.ifPresent(http::sslContext);
            if (tls.isEmpty() && server.getScheme().equals("http")) {
                http.sslContext(PlainHttp.context()).sslParameters(new SSLParameters());
            }
            return http.build();
        }

        private static Supplier<HttpClient> always(HttpClient client) {
            return () -> client;
        }
    }

    /** Made when it is first asked for. */
    private static final class Once<T> implements Supplier<T> {

        private final Supplier<T> maker;
        private @Nullable T made;

        Once(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public synchronized T get() {
            T result = made;
            if (result == null) {
                result = maker.get();
                made = result;
            }
            return result;
        }
    }
}
