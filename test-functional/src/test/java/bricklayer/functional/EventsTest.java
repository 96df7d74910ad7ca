package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.Event;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.Credentials;
import bricklayer.client.EventQuery;
import bricklayer.client.EventStream;
import bricklayer.client.ServerUnreachable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever watches misses nothing and is told nothing twice, whether it keeps up, goes away at random, takes nothing for a while, or the server is killed; and the server pays no more for it than it
 * was told to.
 */
@Timeout(600)
final class EventsTest extends Scenario {

    private static final int CREATES = Integer.getInteger("creates", 1_000);
    private static final int KILLS = Integer.getInteger("kills", 2);
    private static final int CREATES_FOR_A_KILL = 40;
    private static final int WRITERS = 8;

    private static final int RECENT_WRITES_MAX = 300;
    private static final int RECENT_BYTES_MAX = 1 << 20;

    /** So large that all events are more than the kernel takes from a server whose reader takes nothing. */
    private static final String LONG_OPTION = "auth.allow " + "10.123.123.123,".repeat(240) + "10.0.0.1";

    private static final Pattern WHOLE_BLOCK =
            Pattern.compile("id: (\\S+)\nevent: \\S+\ndata: .*\n\n|id: (\\S+)\n: here\n\n");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0, ", \"max_volumes_per_cluster\": -1, \"loglevel\": \"warning\"");
    }

    @Override
    Stand.Access access() {
        Stand.Access nodes = super.access();
        return new Stand.Access(
                nodes.glusterfs(),
                nodes.bricklayer()
                        + ", \"events\": {\"recent_writes_max\": %d, \"recent_bytes_max\": %d, \"heartbeat_seconds\": 1, \"stalled_after_seconds\": 2}"
                                .formatted(RECENT_WRITES_MAX, RECENT_BYTES_MAX));
    }

    @BeforeAll
    void prepare() {
        System.out.println("EventsTest -Dseed=" + seed + " -Dcreates=" + CREATES + " -Dkills=" + KILLS);
        loadTopology(9);
    }

    @Test
    void nobodyMissesAnythingOfAThousandCreates() throws Exception {
        String begin = here();
        int before = client.volumes().size();
        AtomicInteger untilItLeaves = new AtomicInteger(1);
        CompletableFuture<List<String>> steady = watch(begin, () -> false);
        CompletableFuture<List<String>> fickle = watch(begin, () -> {
            if (untilItLeaves.decrementAndGet() > 0) {
                return false;
            }
            untilItLeaves.set(1 + random.nextInt(200));
            return true;
        });
        CompletableFuture<List<String>> stalled = inThread(() -> {
            List<String> seen = takeNothingUntilCutOff(begin);
            String last = seen.isEmpty() ? begin : seen.getLast();
            seen.addAll(watch(last, () -> false).join());
            return seen;
        });
        AtomicBoolean created = new AtomicBoolean();
        CompletableFuture<List<String>> tooMuch = inThread(() -> {
            List<String> bad = new ArrayList<>();
            while (!created.get()) {
                if (metric("bricklayer_event_recent_writes") > RECENT_WRITES_MAX
                        // what the readers made since the last write is dropped with the next
                        || metric("bricklayer_event_recent_bytes") > 2 * RECENT_BYTES_MAX) {
                    bad.add(metrics());
                }
                Thread.sleep(200);
            }
            return bad;
        });

        create(CREATES).join();
        created.set(true);
        mark();

        List<String> all = told(begin);
        assertThat(all).doesNotHaveDuplicates();
        assertThat(steady.join()).isEqualTo(all);
        assertThat(fickle.join()).isEqualTo(all);
        assertThat(stalled.join()).isEqualTo(all);
        assertThat(tooMuch.join()).isEmpty();
        assertThat(metric("bricklayer_event_readers_cut_off_total")).isPositive();
        assertThat(metric("bricklayer_event_log_readings_total")).isPositive();
        assertThat(client.volumes()).hasSize(before + CREATES);
        assertThat(volumesCreatedSince(begin)).hasSize(CREATES).isSubsetOf(client.volumes());
    }

    @Test
    void nobodyMissesAnythingWhenTheServerIsKilled() throws Exception {
        String begin = here();
        List<String> volumes = client.volumes();
        CompletableFuture<List<String>> steady = watch(begin, () -> false);
        CompletableFuture<List<String>> fickle = watch(begin, () -> random.nextInt(20) == 0);
        for (int i = 0; i < KILLS; i++) {
            CompletableFuture<Void> creating = create(CREATES_FOR_A_KILL);
            int enough = volumes.size() + i * CREATES_FOR_A_KILL + 1 + random.nextInt(CREATES_FOR_A_KILL / 2);
            Eventually.within(
                    PATIENCE,
                    Duration.ofMillis(5),
                    "some are there",
                    () -> client.volumes().size() >= enough);
            server.kill9();
            server.restart();
            creating.join();
        }
        awaitNoOperations();
        mark();
        List<String> all = told(begin);
        assertThat(all).doesNotHaveDuplicates();
        assertThat(steady.join()).isEqualTo(all);
        assertThat(fickle.join()).isEqualTo(all);
        List<String> now = new ArrayList<>(client.volumes());
        now.removeAll(volumes);
        assertThat(now).hasSize(KILLS * CREATES_FOR_A_KILL);
        assertThat(volumesCreatedSince(begin)).containsExactlyInAnyOrderElementsOf(now);
    }

    @Test
    void theCommandLineShowsWhatHappens() throws Exception {
        String begin = here();
        String operation = bricklayer("volume", "create", "--size=1", "--durability=none", "--name=left", "--no-wait")
                .strip();
        assertThat(client.follow(operation)).isPresent();
        client.createVolume(VolumeCreateRequest.of(1, Durability.none()).named("watched"));
        String shown = bricklayer("events", "--follow", "--kind=volume", "--max=2", "--after=" + begin);
        assertThat(shown.lines()).hasSize(2);
        assertThat(shown).contains("volume      created", "left, 1 GiB  by " + operation, "watched, 1 GiB");
        String json = bricklayer("events", "--operation=" + operation, "--json");
        List<Event> events =
                json.lines().map(line -> WireJson.read(line, Event.class)).toList();
        assertThat(events.stream().map(event -> event.kind() + " " + event.type()))
                .containsExactly("operation begun", "volume created", "brick created", "operation ended");
    }

    private String bricklayer(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "bricklayer.tools.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HEKETI_CLI_SERVER", server.uri().toString());
        builder.environment().put("HEKETI_CLI_USER", "admin");
        builder.environment().put("HEKETI_CLI_KEY", ServerProcess.ADMIN_KEY);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    /** Creates volumes in several threads; ends when all are there. */
    private CompletableFuture<Void> create(int number) {
        AtomicInteger left = new AtomicInteger(number);
        List<CompletableFuture<List<String>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(inThread(() -> {
                while (left.getAndDecrement() > 0) {
                    Eventually.within(PATIENCE, Duration.ofMillis(20), "a volume is made", this::createOne);
                }
                return List.of();
            }));
        }
        return CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
    }

    /** Whether there was a server to ask; one that goes away after that is waited for by the client. */
    private boolean createOne() {
        try {
            client.createVolume(new VolumeCreateRequest(
                    1, "", List.of(), Durability.none(), 0, List.of(LONG_OPTION), false, Snapshot.UNSAID));
            return true;
        } catch (ServerUnreachable nothingSent) {
            return false;
        }
    }

    private static CompletableFuture<List<String>> inThread(Callable<List<String>> work) {
        CompletableFuture<List<String>> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(work.call());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private String here() {
        try (EventStream events = client.events(EventQuery.ALL)) {
            return events.position();
        }
    }

    /** The end of what is watched: no other cluster is made meanwhile. */
    private void mark() {
        client.createCluster(new ClusterCreateRequest(true, true));
    }

    private static boolean isMark(Event event) {
        return event.kind().equals("cluster") && event.type().equals("created");
    }

    /** The positions of all events up to the mark, told by as many streams as {@code leaves} wants. */
    private CompletableFuture<List<String>> watch(String after, BooleanSupplier leaves) {
        return inThread(() -> {
            List<String> seen = new ArrayList<>();
            String position = after;
            while (true) {
                try (EventStream events = client.events(EventQuery.ALL.after(position))) {
                    do {
                        Event event = events.next();
                        seen.add(event.position());
                        if (isMark(event)) {
                            return seen;
                        }
                    } while (!leaves.getAsBoolean());
                    position = events.position();
                } catch (ServerUnreachable e) {
                    Thread.sleep(
                            20); // a stream that was begun waits for a server that is killed by itself; a new one does
                    // not
                }
            }
        });
    }

    private List<String> told(String after) {
        List<String> all = new ArrayList<>();
        try (EventStream events = client.events(EventQuery.ALL.after(after).untilNow())) {
            while (events.hasNext()) {
                Event event = events.next();
                all.add(event.position());
                if (isMark(event)) {
                    return all;
                }
            }
        }
        throw new AssertionError("no mark among " + all.size() + " events after " + after);
    }

    private List<String> volumesCreatedSince(String begin) {
        List<String> ids = new ArrayList<>();
        try (EventStream events =
                client.events(EventQuery.ALL.after(begin).ofKinds("volume").untilNow())) {
            events.forEachRemaining(event -> {
                assertThat(event.type()).isEqualTo("created");
                assertThat(event.objectAs(VolumeInfo.class).bricks()).hasSize(1);
                ids.add(event.id());
            });
        }
        return ids;
    }

    /** The positions of events that it finds in its own buffers, when the server has lost its patience. */
    private List<String> takeNothingUntilCutOff(String after) throws IOException {
        String token = Credentials.admin(ServerProcess.ADMIN_KEY).token("GET", "/events", Instant.now());
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream()
                    .write(("GET /events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: " + after
                                    + "\r\nAuthorization: bearer " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Eventually.within(
                    PATIENCE,
                    Duration.ofMillis(100),
                    "the reader that takes nothing is cut off",
                    () -> metric("bricklayer_event_readers_cut_off_total") > 0);
            return positions(rest(socket.getInputStream()));
        }
    }

    private static String rest(InputStream in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            in.transferTo(bytes);
        } catch (IOException reset) {
            System.out.println("the stalled reader found " + bytes.size() + " bytes, then " + reset.getMessage());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Of events that came whole. The chunks of HTTP begin and end between the blocks, or within a line, where their sizes do no harm to what is looked for. */
    private static List<String> positions(String text) {
        List<String> seen = new ArrayList<>();
        Matcher blocks = WHOLE_BLOCK.matcher(text.replace("\r\n", ""));
        while (blocks.find()) {
            if (blocks.group(1) != null) {
                seen.add(blocks.group(1));
            }
        }
        return seen;
    }

    private String metrics() {
        try (Rest rest = new Rest(server.uri())) {
            return rest.get("/metrics").body();
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private double metric(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }
}
