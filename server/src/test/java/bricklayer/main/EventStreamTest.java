package bricklayer.main;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Durability;
import bricklayer.api.Event;
import bricklayer.api.EventGap;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.OperationInfo;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.config.ConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens is told once, in order, and the same to whoever asks, when and from wherever. */
@Timeout(300)
class EventStreamTest {

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private BricklayerServer server;
    private BricklayerClient client;
    private String cluster = "";

    /** One block of a stream. */
    private record Block(String id, String event, String data) {

        static Block of(String text) {
            Map<String, String> fields = Arrays.stream(text.split("\n"))
                    .filter(line -> line.contains(": ") && !line.startsWith(":"))
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
            return new Block(
                    fields.getOrDefault("id", ""), fields.getOrDefault("event", ""), fields.getOrDefault("data", ""));
        }

        Event asEvent() {
            Event event = WireJson.read(data, Event.class);
            assertThat(event.position()).isEqualTo(id);
            assertThat(event.kind()).isEqualTo(this.event);
            return event;
        }
    }

    @BeforeEach
    void begin() {
        start("");
    }

    private void start(String settings) {
        String config =
                "{\"jwt\": {\"admin\": {\"key\": \"\"}}, \"glusterfs\": {\"executor\": \"mock\", \"loglevel\": \"warning\"}, \"bricklayer\": {\"data\": \"%s\"%s, \"simulated\": {\"folder\": \"%s\", \"command_delay_ms\": 0}}}"
                        .formatted(folder.resolve("data"), settings, folder.resolve("nodes"));
        server = BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.DISABLED)
                .config());
        client = BricklayerClient.to(URI.create("http://localhost:" + server.port()))
                .build();
    }

    private void restart(String settings) {
        server.close();
        start(settings);
    }

    @AfterEach
    void end() {
        server.close();
        http.close();
    }

    private HttpResponse<String> get(String query, String lastSeen) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/events?" + query));
        if (!lastSeen.isEmpty()) {
            request.header("Last-Event-ID", lastSeen);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** What there is now. */
    private List<Block> blocks(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(query + "&follow=false", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(answer.body()).endsWith("\n\n");
        return Arrays.stream(answer.body().split("\n\n")).map(Block::of).toList();
    }

    private List<Block> events(String query) throws IOException, InterruptedException {
        return blocks(query).stream().filter(block -> !block.event().isEmpty()).toList();
    }

    private List<Event> told(String query) throws IOException, InterruptedException {
        return events(query).stream().map(Block::asEvent).toList();
    }

    private List<String> nodes() {
        return client.cluster(cluster).nodes();
    }

    private VolumeInfo makeAVolume() {
        cluster = client.createCluster(new ClusterCreateRequest(true, true)).id();
        for (int n = 1; n <= 3; n++) {
            String node = client.addNode(new NodeAddRequest(
                            n, new Hostnames(List.of("node" + n), List.of("10.0.0." + n)), cluster, Map.of()))
                    .id();
            client.addDevice(new DeviceAddRequest("/dev/vdb", Map.of(), node, false));
        }
        return client.createVolume(VolumeCreateRequest.of(2, Durability.replicate(3)));
    }

    /** Something of each kind. */
    private String live() {
        VolumeInfo volume = makeAVolume();
        client.expandVolume(volume.id(), 1);
        client.changeNodeTags(nodes().getFirst(), new TagsChangeRequest("set", Map.of("a", "b")));
        VolumeInfo hosting = client.createVolume(new VolumeCreateRequest(
                10, "hosting", List.of(), Durability.replicate(3), 0, List.of(), true, bricklayer.api.Snapshot.UNSAID));
        BlockVolumeInfo block =
                client.createBlockVolume(new BlockVolumeCreateRequest(1, List.of(cluster), "block", 1, true));
        assertThat(block.target().password()).isNotEmpty();
        client.deleteBlockVolume(block.id());
        client.deleteVolume(volume.id());
        client.deleteVolume(hosting.id());
        return block.target().password();
    }

    @Test
    void aVolumeIsToldWhenItIsThereAndWhenItIsGone() throws Exception {
        VolumeInfo volume = makeAVolume();
        List<Event> all = told("after=0");
        Event made = all.stream()
                .filter(event -> event.id().equals(volume.id()))
                .reduce((a, b) -> {
                    throw new AssertionError("told twice: " + a + b);
                })
                .orElseThrow();
        assertThat(made.kind() + " " + made.type()).isEqualTo("volume created");
        assertThat(made.cluster()).isEqualTo(cluster);
        assertThat(made.objectAs(VolumeInfo.class)).isEqualTo(volume);

        List<Event> ofOperation = told("after=0&operation=" + made.operation());
        assertThat(ofOperation.stream().map(event -> event.kind() + " " + event.type()))
                .containsExactly(
                        "operation begun",
                        "volume created",
                        "brick created",
                        "brick created",
                        "brick created",
                        "operation ended");
        assertThat(ofOperation).allMatch(event -> event.cluster().equals(cluster));
        assertThat(ofOperation.getLast().objectAs(OperationInfo.class).resource())
                .isEqualTo("/volumes/" + volume.id());

        client.deleteVolume(volume.id());
        List<Event> after = told("after=" + made.position() + "&kind=volume,brick");
        assertThat(after.stream().map(event -> event.kind() + " " + event.type()))
                .containsExactly(
                        "brick created",
                        "brick created",
                        "brick created",
                        "volume deleted",
                        "brick deleted",
                        "brick deleted",
                        "brick deleted");
        assertThat(told("after=0&kind=cluster,node,device").stream()
                        .map(event -> event.kind() + " " + event.type())
                        .sorted())
                .containsExactly(
                        "cluster created",
                        "device created",
                        "device created",
                        "device created",
                        "node created",
                        "node created",
                        "node created");
    }

    /** Read while it happens, read out of memory, and read from the log by another process. */
    @Test
    void everyReaderIsToldTheSame() throws Exception {
        CompletableFuture<List<Block>> live = CompletableFuture.supplyAsync(() -> {
            try {
                HttpResponse<Stream<String>> answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/events?after=0"))
                                .build(),
                        BodyHandlers.ofLines());
                List<Block> blocks = new ArrayList<>();
                StringBuilder block = new StringBuilder();
                for (String line : (Iterable<String>) answer.body()::iterator) {
                    if (line.isEmpty()) {
                        blocks.add(Block.of(block.toString()));
                        block.setLength(0);
                    } else {
                        block.append(line).append('\n');
                    }
                }
                return blocks.stream().filter(one -> !one.event().isEmpty()).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        String password = live();
        List<Block> fromMemory = events("after=0");
        restart(""); // ends the stream, too
        List<Block> fromLog = events("after=0");
        assertThat(fromLog).hasSizeGreaterThan(40);
        assertThat(fromLog.subList(0, fromMemory.size())).isEqualTo(fromMemory);
        List<Block> sawLive = live.get();
        assertThat(sawLive).hasSizeGreaterThanOrEqualTo(fromMemory.size());
        assertThat(fromLog.subList(0, sawLive.size())).isEqualTo(sawLive);
        assertThat(fromLog.stream().map(Block::id)).doesNotHaveDuplicates();
        assertThat(String.join("", fromLog.stream().map(Block::data).toList()))
                .doesNotContain(password)
                .contains("\"password\":\"\"");
    }

    @Test
    void whoComesAgainGoesOnWhereHeWas() throws Exception {
        live();
        assertResumable(1);
        restart("");
        assertResumable(9);
        restart(", \"events\": {\"recent_writes_max\": 3, \"recent_bytes_max\": 1024}");
        client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(3)));
        assertResumable(7);
    }

    /**
     * @param step how many events further each time: to read the log takes a while
     */
    private void assertResumable(int step) throws IOException, InterruptedException {
        List<Block> all = events("after=0");
        for (int i = 0; i < all.size(); i += step) {
            List<Block> rest = all.subList(i + 1, all.size());
            List<Block> told = events("after=" + all.get(i).id());
            assertThat(told).hasSizeGreaterThanOrEqualTo(rest.size());
            assertThat(told.subList(0, rest.size()))
                    .as("after %s", all.get(i).id())
                    .isEqualTo(rest);
        }
        // a browser that connects again sends the header to the address that it was given first
        Block last = all.getLast();
        assertThat(get("after=0&follow=false", last.id()).body())
                .doesNotContain("id: " + all.getFirst().id() + "\n");
    }

    @Test
    void withoutAPositionItBeginsWithWhatComesNext() throws Exception {
        makeAVolume();
        List<Block> here = blocks("");
        assertThat(here)
                .hasSizeGreaterThanOrEqualTo(1)
                .allMatch(block -> block.event().isEmpty());
        client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(3)));
        assertThat(told("after=" + here.getFirst().id() + "&kind=volume")).hasSize(1);
    }

    @Test
    void whatCannotBeToldIsSaid() throws Exception {
        makeAVolume();
        Block last = events("after=0").getLast();
        String other = last.id().replaceFirst("-.*", "-00000000");
        for (String position : List.of(other, "999999")) {
            List<Block> told = events("after=" + position);
            assertThat(told).hasSize(1);
            assertThat(told.getFirst().event()).isEqualTo("gap");
            EventGap gap = WireJson.read(told.getFirst().data(), EventGap.class);
            assertThat(gap.after()).isEqualTo(position);
            assertThat(gap.position()).isEqualTo(told.getFirst().id());
            client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(3)));
            assertThat(told("after=" + gap.position() + "&kind=volume")).hasSize(1);
        }
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        for (String query : List.of(
                "after=x",
                "after=1.2.3",
                "after=-1",
                "after=1-zz",
                "kind=volumes",
                "follow=perhaps",
                "after=99999999999999999999")) {
            HttpResponse<String> answer = get(query, "");
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).isNotBlank();
        }
        assertThat(get("", "nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void thereIsRoomForSoManyReadersAndNoMore() throws Exception {
        restart(", \"events\": {\"readers_max\": 1}");
        HttpResponse<Stream<String>> first = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/events"))
                        .build(),
                BodyHandlers.ofLines());
        assertThat(first.statusCode()).isEqualTo(200);
        HttpResponse<String> second = get("", "");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        assertThat(metric("bricklayer_event_readers")).isEqualTo(1);
        first.body().close();
        while (get("follow=false", "").statusCode() != 200) {
            client.createCluster(new ClusterCreateRequest(true, true)); // writing shows that it has gone
        }
    }

    private double metric(String name) throws IOException, InterruptedException {
        String all = http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return all.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }
}
