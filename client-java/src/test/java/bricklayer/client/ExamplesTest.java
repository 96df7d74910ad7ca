package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.DeviceInfo;
import bricklayer.api.Drift;
import bricklayer.api.Durability;
import bricklayer.api.Event;
import bricklayer.api.PlanInfo;
import bricklayer.api.StateRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the Javadoc and of {@code docs/java-client.md}: they are the bodies of methods here, word by word, so they compile; and they do what they say.
 */
class ExamplesTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "bricklayer", "client");
    private static final Path HERE = Path.of("src", "test", "java", "bricklayer", "client", "ExamplesTest.java");
    private static final Path MANUAL = Path.of("..", "docs", "java-client.md");
    private static final Pattern IN_JAVADOC = Pattern.compile("<pre>\\{@code(.*?)\\}</pre>", Pattern.DOTALL);
    private static final Pattern IN_MANUAL = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private final FakeServer server = new FakeServer(TimeSource.SYSTEM::now);
    private final VolumeCreateRequest request = VolumeCreateRequest.of(1, Durability.replicate(3));
    private final BricklayerClient client = BricklayerClient.to(server.uri())
            .as(Credentials.admin(FakeServer.SECRET))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void eachExampleIsHere() throws IOException {
        String here = words(Files.readString(HERE));
        List<String> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                collect(IN_JAVADOC, Files.readString(file).replaceAll("(?m)^ *\\* ?", ""), examples);
            }
        }
        collect(IN_MANUAL, Files.readString(MANUAL), examples);

        assertThat(examples).hasSizeGreaterThan(10);
        assertThat(examples.stream().filter(example -> !here.contains(words(example))))
                .as("examples that are not compiled here")
                .isEmpty();
    }

    private static void collect(Pattern pattern, String text, List<String> examples) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
    }

    /** Lines may be broken otherwise. */
    private static String words(String text) {
        return text.replaceAll("\\s+", "");
    }

    static VolumeInfo begin() {
        BricklayerClient client = BricklayerClient.to(URI.create("http://localhost:8080"))
                .as(Credentials.admin("My Secret"))
                .build();
        VolumeInfo volume = client.createVolume(VolumeCreateRequest.of(10, Durability.replicate(3)));
        return volume;
    }

    private static BricklayerClient overTls(URI server, Credentials who) {
        BricklayerClient client = BricklayerClient.to(server)
                .as(who)
                .tls(Tls.trusting(List.of(Path.of("/etc/bricklayer/ca.pem"))))
                .build();
        return client;
    }

    private static BricklayerClient showingWhoComes(URI server, Credentials who) {
        BricklayerClient client = BricklayerClient.to(server)
                .as(who)
                .tls(Tls.trusting(
                        List.of(Path.of("/etc/bricklayer/ca.pem")),
                        Path.of("/etc/bricklayer/me.pem"),
                        Path.of("/etc/bricklayer/me.key")))
                .build();
        return client;
    }

    private static BricklayerClient followingTheClock(URI server, Credentials who) {
        BricklayerClient client =
                BricklayerClient.to(server).as(who).followServerClock().build();
        return client;
    }

    private static BricklayerClient lessPatient(URI server, Credentials who) {
        BricklayerClient client = BricklayerClient.to(server)
                .as(who)
                .patience(Patience.NORMAL.withOperation(Duration.ofMinutes(10)))
                .build();
        return client;
    }

    @Test
    void clientsAreBuiltForManySurroundings() {
        assertThat(followingTheClock(server.uri(), Credentials.admin(FakeServer.SECRET))
                        .clusters())
                .isEmpty();
        assertThat(lessPatient(server.uri(), Credentials.admin(FakeServer.SECRET))
                        .clusters())
                .isEmpty();
        URI https = URI.create("https://localhost:1");
        assertThatThrownBy(() -> overTls(https, Credentials.admin(""))).hasMessageContaining("/etc/bricklayer/ca.pem");
        assertThatThrownBy(() -> showingWhoComes(https, Credentials.admin("")))
                .hasMessageContaining("/etc/bricklayer/me.pem");
    }

    @Test
    void aVolumeIsMadeAndGrows() {
        load();
        VolumeInfo volume = client.createVolume(VolumeCreateRequest.of(10, Durability.replicate(3)));

        // to have 5 GiB more, not to have 5 GiB
        VolumeInfo larger = client.expandVolume(volume.id(), 5);
        client.deleteVolume(volume.id());

        assertThat(larger.sizeGiB()).isEqualTo(15);
    }

    private static String tell(BricklayerClient client, VolumeCreateRequest request) {
        List<String> said = new ArrayList<>();
        try {
            client.createVolume(request);
        } catch (InvalidRequest e) {
            said.add("ask otherwise: " + e.text());
        } catch (ServerFailed e) {
            said.add("it cannot: " + e.text());
            e.problem()
                    .ifPresent(problem ->
                            said.add("on " + problem.host() + ": " + problem.stderr() + "; " + problem.next()));
        } catch (ServerUnreachable e) {
            said.add("nothing has changed: " + e.getMessage());
        }
        return String.join("\n", said);
    }

    @Test
    void refusalsSayWhyAndWhatToDo() {
        assertThat(tell(client, VolumeCreateRequest.of(0, Durability.none()))).startsWith("ask otherwise: ");
        server.problems = true;
        assertThat(tell(client, request))
                .isEqualTo("it cannot: Failed to allocate new volume: No space\non node-1: no room; add a device");
        server.close();
        assertThat(tell(client, request)).startsWith("nothing has changed: cannot reach");
    }

    private static VolumeInfo madeOnce(BricklayerClient client, VolumeCreateRequest request, String claim) {
        VolumeInfo volume = client.withIdempotencyKey(claim).createVolume(request);
        return volume;
    }

    private static String lookedAfter(BricklayerClient client, VolumeCreateRequest request) {
        String made;
        try {
            made = "/volumes/" + client.createVolume(request).id();
        } catch (OutcomeUnknown e) {
            // later, or in another process that was given the key
            made = "/volumes/"
                    + client.withIdempotencyKey(e.idempotencyKey())
                            .createVolume(request)
                            .id();
        }
        return made;
    }

    @Test
    void aKeyMakesOneVolume() {
        load();

        VolumeInfo one = madeOnce(client, request, "pvc-7");
        VolumeInfo same = madeOnce(client, request, "pvc-7");

        assertThat(same).isEqualTo(one);
        server.dropAfter = 1 + Patience.NORMAL.lostRetries();
        assertThat(lookedAfter(client, request))
                .isIn("/volumes/" + server.volumes().get(1).id());
        assertThat(server.volumes()).hasSize(2);
    }

    private static List<VolumeInfo> atOnce(BricklayerClient client, VolumeCreateRequest request) {
        List<CompletableFuture<VolumeInfo>> started = Stream.of("a", "b", "c")
                .map(name -> client.supplyAsync(it -> it.createVolume(request.named(name))))
                .toList();
        List<VolumeInfo> volumes = started.stream().map(CompletableFuture::join).toList();
        return volumes;
    }

    @Test
    void callsAreMadeAtOnce() {
        load();
        CompletableFuture<VolumeInfo> volume = client.supplyAsync(it -> it.createVolume(request));
        volume.join();

        CompletableFuture<VolumeInfo> soon =
                client.supplyAsync(it -> it.createVolume(request)).orTimeout(10, TimeUnit.MINUTES);

        soon.join();
        assertThat(atOnce(client, request)).extracting(VolumeInfo::name).containsExactly("a", "b", "c");
        String id = volume.join().id();
        CompletableFuture<?> gone = client.runAsync(it -> it.deleteVolume(id));
        gone.join();
    }

    private static void emptied(BricklayerClient client, String node) {
        for (DeviceInfo device : client.node(node).devices()) {
            client.setDeviceState(device.id(), new StateRequest("offline", ""));
            client.setDeviceState(device.id(), new StateRequest("failed", "")); // moves its bricks elsewhere
            client.deleteDevice(device.id());
        }
        client.deleteNode(node);
    }

    @Test
    void aNodeIsEmptied() {
        load();
        String cluster = client.clusters().get(0);

        emptied(client, client.cluster(cluster).nodes().get(0));

        assertThat(client.cluster(cluster).nodes()).hasSize(2);
    }

    private static String plannedFirst(BricklayerClient client, String id) {
        PlanInfo plan = client.plan(it -> it.deleteVolume(id)).orElseThrow();
        client.carryOut(plan.id());
        return plan.id();
    }

    private static void watched(BricklayerClient client) {
        try (EventStream events = client.events(EventQuery.ALL.ofKinds("volume"))) {
            while (events.hasNext()) {
                Event event = events.next();
                System.out.println(
                        event.type() + " " + event.objectAs(VolumeInfo.class).name());
            }
        }
    }

    private static List<Drift> compared(BricklayerClient client) {
        List<Drift> findings = new ArrayList<>();
        client.reconcile("", "", findings::add);
        return findings;
    }

    private static void copied(BricklayerClient client, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            client.backupDb(out);
        }
    }

    @Test
    void whatTheFakeServerDoesNotHaveIsSaidSo(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> plannedFirst(client, "beef")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> compared(client)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> watched(client)).isInstanceOf(NotFound.class);
        copied(client, folder.resolve("backup"));
        assertThat(folder.resolve("backup")).hasContent(server.service.backup);
    }

    private void load() {
        client.loadTopology(ThreeNodes.OF_ONE_DEVICE, step -> {});
    }
}
