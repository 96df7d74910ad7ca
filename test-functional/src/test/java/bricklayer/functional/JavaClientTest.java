package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.Durability;
import bricklayer.api.FaultRules;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Conflict;
import bricklayer.client.Credentials;
import bricklayer.client.InvalidRequest;
import bricklayer.client.NotAuthorised;
import bricklayer.client.NotFound;
import bricklayer.client.OperationFailed;
import bricklayer.client.Patience;
import bricklayer.client.ServerBusy;
import bricklayer.client.ServerFailed;
import bricklayer.client.TimeSource;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java client and a real server: every route, every kind of refusal, and what happens to both while they talk. */
final class JavaClientTest extends Scenario {

    private static final VolumeCreateRequest REPLICATED = VolumeCreateRequest.of(1, Durability.replicate(3));
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final int CRASHED = 99;
    /** What is open to all; of that, the page for people is not for the client. */
    private static final Set<String> NOT_IN_LOG = Set.of(
            "GET /docs", "GET /healthz/live", "GET /healthz/ready", "GET /hello", "GET /metrics", "GET /openapi.json");

    /** Of these only refusals are asked for, by {@code conformance.FuzzTest}. */
    private static final Set<String> FUZZED = Set.of("POST /nodes/{id}/address", "POST /nodes/{id}/zone");

    private static final Pattern ASKED = Pattern.compile("method=(\\S+) path=(\\S+) status=(\\d+)");

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(
                folderOfNodes,
                0,
                ", \"max_inflight_operations\": 2, \"auto_create_block_hosting_volume\": true, \"block_hosting_volume_size\": 20");
    }

    @Override
    Stand.Access access() {
        Stand.Access access = stand.access().allowingFaults();
        return new Stand.Access(
                access.glusterfs(),
                access.bricklayer() + ", \"backup\": { \"folder\": \"" + folder.resolve("backups") + "\" }");
    }

    @BeforeAll
    void prepare() {
        loadTopology(2);
    }

    @AfterEach
    void nothingIsLeft() {
        client.clearFaults();
        awaitNoOperations();
        client.blockVolumes().forEach(client::deleteBlockVolume);
        client.volumes().forEach(client::deleteVolume);
    }

    @AfterAll
    void recordsAndNodesAgree() {
        assertAgree(List.of(), look());
        assertNoSpaceUsed();
    }

    private BricklayerClient.Builder another() {
        return BricklayerClient.to(server.uri())
                .as(Credentials.admin(ServerProcess.ADMIN_KEY))
                .patience(Patience.NORMAL.withOperation(PATIENCE));
    }

    /** Waits for a server that takes its time to start. */
    private BricklayerClient enduring() {
        return another()
                .patience(Patience.NORMAL.withOperation(PATIENCE).withReconnect(PATIENCE))
                .build();
    }

    private void rules(String... rules) {
        client.setFaults(WireJson.read("{\"rules\": [" + String.join(",", rules) + "]}", FaultRules.class));
    }

    @Test
    void everyRouteIsAskedForAndAnswered() throws IOException {
        EveryCall calls = new EveryCall(client);
        calls.service();
        calls.clustersAndNodes();
        calls.events();
        calls.volumes();
        calls.blockVolumes();
        calls.plans();
        calls.operations();
        calls.records();
        calls.reconcile();

        Eventually.within(PATIENCE, OFTEN, "the end of a stream is in the log", () -> isInLog("GET /events"));
        SortedSet<String> missing = described();
        missing.removeIf(this::isInLog);
        missing.removeAll(FUZZED);
        assertThat(missing).as("routes that EveryCall does not ask for").isEqualTo(NOT_IN_LOG);
    }

    private boolean isInLog(String route) {
        Pattern wanted = Pattern.compile(route.replaceAll("\\{\\w+}", "[0-9a-z]+"));
        try (Stream<String> lines = Files.lines(server.log())) {
            return lines.map(ASKED::matcher)
                    .filter(Matcher::find)
                    .anyMatch(asked -> wanted.matcher(asked.group(1) + " " + asked.group(2))
                            .matches());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SortedSet<String> described() throws IOException {
        SortedSet<String> routes = new TreeSet<>();
        for (var path :
                new ObjectMapper().readTree(client.description()).get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (!method.getKey().equals("parameters")) {
                    routes.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return routes;
    }

    @Test
    void refusalsHaveTheirOwnTypesAndCarryTheProblem() {
        String cluster = client.clusters().getFirst();

        assertThatThrownBy(() -> client.volume("0123456789abcdef0123456789abcdef"))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> client.deleteCluster(cluster)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> client.createVolume(VolumeCreateRequest.of(0, Durability.none())))
                .isInstanceOfSatisfying(InvalidRequest.class, refused -> {
                    assertThat(refused.text()).isEqualTo("validation failed: size: cannot be blank.");
                    assertThat(refused.problem().orElseThrow().type()).isEqualTo("urn:bricklayer:problem:invalid");
                });
        assertThatThrownBy(() -> client.createVolume(VolumeCreateRequest.of(10_000, Durability.replicate(3))))
                .isInstanceOfSatisfying(
                        ServerFailed.class,
                        refused -> assertThat(refused.problem().orElseThrow().more())
                                .containsKeys("devices", "largest_size_gib"));
        rules("{\"operation\": \"create-volume\", \"step\": \"mount-brick\", \"act\": \"error\","
                + " \"status\": 32, \"stderr\": \"mount: bad superblock\"}");
        assertThatThrownBy(() -> client.createVolume(REPLICATED))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("mount: bad superblock");
        BricklayerClient user = another()
                .as(new Credentials("user", "a key for nobody, long enough"))
                .build();
        assertThat(user.volumes()).isEmpty();
        assertThatThrownBy(user::clusters)
                .isInstanceOf(NotAuthorised.class)
                .hasMessageContaining("Administrator access required");
    }

    @Test
    void aBusyServerIsAskedAgainUntilItHasTime() {
        rules("{\"operation\": \"create-volume\", \"command\": \"^mkfs\", \"act\": \"delay\", \"wait_ms\": 2500}");
        BricklayerClient impatient =
                another().patience(Patience.PROBE.withOperation(PATIENCE)).build();
        BricklayerClient patient = another()
                .patience(new Patience(
                        Patience.NORMAL.connect(),
                        Patience.NORMAL.request(),
                        PATIENCE,
                        OFTEN,
                        OFTEN,
                        Patience.NORMAL.reconnect(),
                        0,
                        1000,
                        Duration.ofMillis(100),
                        Duration.ofMillis(100)))
                .build();

        List<CompletableFuture<VolumeInfo>> volumes = IntStream.range(0, 4)
                .mapToObj(i -> patient.supplyAsync(it -> it.createVolume(REPLICATED)))
                .toList();
        Eventually.within(
                PATIENCE,
                OFTEN,
                "both places are taken",
                () -> client.operations().inFlight() == 2);
        // a place that has just become free may be had by anybody
        Eventually.within(PATIENCE, OFTEN, "no place is to be had", () -> {
            try {
                impatient.createVolume(REPLICATED);
                return false;
            } catch (ServerBusy refused) {
                return true;
            }
        });

        List<String> made = volumes.stream()
                .map(CompletableFuture::join)
                .map(VolumeInfo::id)
                .toList();
        assertThat(client.volumes()).containsAll(made);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void tokensOfAnotherTimeAreRefusedUnlessTheServersClockIsFollowed(long seconds) {
        TimeSource wrong = new TimeSource() {
            @Override
            public Instant now() {
                return SYSTEM.now().plusSeconds(seconds);
            }

            @Override
            public long nanoTime() {
                return SYSTEM.nanoTime();
            }

            @Override
            public void sleep(Duration time) throws InterruptedException {
                SYSTEM.sleep(time);
            }
        };

        assertThatThrownBy(() -> another().time(wrong).build().volumes())
                .isInstanceOf(NotAuthorised.class)
                .hasMessageContaining(seconds < 0 ? "Token is expired" : "Token used before issued")
                .hasMessageContaining("the server's clock is ");
        VolumeInfo volume = another().time(wrong).followServerClock().build().createVolume(REPLICATED);
        assertThat(client.volumes()).containsExactly(volume.id());
    }

    @Test
    void aRestartInTheMiddleOfACreateIsWaitedFor() throws Exception {
        rules("{\"operation\": \"create-volume\", \"command\": \"^mkfs\", \"act\": \"delay\", \"wait_ms\": 1500}");
        CompletableFuture<VolumeInfo> made =
                enduring().supplyAsync(it -> it.createVolume(REPLICATED.named("survivor")));
        Eventually.within(
                PATIENCE, OFTEN, "it is under way", () -> client.operations().inFlight() == 1);

        server.stop();
        server.restart();

        VolumeInfo volume = made.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(volume.name()).isEqualTo("survivor");
        assertThat(client.volumes()).containsExactly(volume.id());
    }

    /** The first before anything is recorded, the second when all is and the answer is not sent. */
    @ParameterizedTest
    @ValueSource(strings = {"submit/begin:before", "create-volume/begin:after"})
    void aServerKilledBetweenRequestAndAnswerActsOnce(String point) throws Exception {
        rules("{\"point\": \"" + point + "\", \"act\": \"crash\"}");
        CompletableFuture<VolumeInfo> made = enduring().supplyAsync(it -> it.createVolume(REPLICATED));

        assertThat(server.awaitOwnEnd()).isEqualTo(CRASHED);
        server.restart();

        VolumeInfo volume = made.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(client.volumes()).containsExactly(volume.id());
    }

    @Test
    void whatIsNoLongerWaitedForGoesOnAndIsFoundByItsKey() {
        rules("{\"operation\": \"create-volume\", \"command\": \"^mkfs\", \"act\": \"delay\", \"wait_ms\": 500}");
        BricklayerClient named = client.withIdempotencyKey("claim 4711");
        CompletableFuture<VolumeInfo> given = named.supplyAsync(it -> it.createVolume(REPLICATED));
        Eventually.within(
                PATIENCE, OFTEN, "it is under way", () -> client.operations().inFlight() == 1);

        given.cancel(true);

        VolumeInfo volume = named.createVolume(REPLICATED);
        assertThat(client.volumes()).containsExactly(volume.id());
    }

    @Test
    void aFailureOfAnotherThreadsCallIsTheCause() {
        assertThatThrownBy(() -> client.runAsync(it -> it.deleteVolume("0123456789abcdef"))
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotFound.class);
    }
}
