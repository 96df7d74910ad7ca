package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Durability;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.client.RequestRefused;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Things go wrong, one at a time. Each is told in words that name what failed where, and leaves nothing behind. */
abstract class BadDays extends Scenario {

    static final VolumeCreateRequest REPLICATED = VolumeCreateRequest.of(1, Durability.replicate(3));

    /** A disk that is on each node, and not in the topology. */
    static final String SPARE = "/dev/vdd";

    @SuppressWarnings("NullAway.Init")
    private Map<String, String> empty;

    /** The nodes, by number. */
    @SuppressWarnings("NullAway.Init")
    List<NodeInfo> nodes;

    abstract void powerOff(NodeInfo node);

    abstract void powerOn(NodeInfo node);

    abstract void stopGlusterd(NodeInfo node);

    abstract void startGlusterd(NodeInfo node);

    abstract void putFileSystemOn(NodeInfo node, String device);

    abstract void wipe(NodeInfo node, String device);

    abstract void takeOut(NodeInfo node, String device);

    @BeforeAll
    void prepare() {
        loadTopology(2);
        empty = look().pictures();
        nodes = nodes().sorted(java.util.Comparator.comparing(BadDays::host)).toList();
    }

    @AfterEach
    void nothingIsLeft() {
        awaitNoOperations();
        client.volumes().forEach(client::deleteVolume);
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();
        assertThat(nodes().flatMap(node -> node.devices().stream())).hasSize(6);
    }

    static String host(NodeInfo node) {
        return node.hostnames().manage().getFirst();
    }

    /** How the server refuses. Also what it said is printed, for people to judge. */
    static RequestRefused refused(ThrowingCallable call) {
        RequestRefused refused = catchThrowableOfType(RequestRefused.class, call);
        assertThat(refused).isNotNull();
        System.out.println("refused: " + refused.getMessage());
        return refused;
    }

    @Test
    void createWithADeadNode() {
        NodeInfo dead = nodes.get(2);
        powerOff(dead);
        try {
            assertThat(refused(() -> client.createVolume(REPLICATED))).hasMessageContaining(host(dead));
        } finally {
            powerOn(dead);
        }
    }

    @Test
    void createWithoutGlusterdOnANode() {
        NodeInfo node = nodes.get(1);
        stopGlusterd(node);
        try {
            assertThat(refused(() -> client.createVolume(REPLICATED)))
                    .hasMessageContaining("on node ")
                    .hasMessageContaining("gluster --mode=script")
                    .hasMessageContaining("ended with status")
                    .hasMessageContaining(node.hostnames().storage().getFirst());
        } finally {
            startGlusterd(node);
        }
    }

    @Test
    void deviceWithAFileSystem() {
        NodeInfo node = nodes.getFirst();
        putFileSystemOn(node, SPARE);
        try {
            assertThat(refused(() -> addDevice(node, SPARE)))
                    .hasMessageContaining("on node " + host(node))
                    .hasMessageContaining("pvcreate")
                    .hasMessageContaining("ended with status")
                    .hasMessageContaining("ext4");
        } finally {
            wipe(node, SPARE);
        }
    }

    @Test
    void deviceThatIsNotThere() {
        NodeInfo node = nodes.getFirst();
        takeOut(node, "/dev/vdz");
        assertThat(refused(() -> addDevice(node, "/dev/vdz")))
                .hasMessageContaining("on node " + host(node))
                .hasMessageContaining("/dev/vdz")
                .hasMessageContaining("ended with status");
    }

    @Test
    void nodeAndDeviceThatAreThereAlready() {
        NodeInfo node = nodes.getFirst();
        RequestRefused twice =
                refused(() -> client.addNode(new NodeAddRequest(1, node.hostnames(), node.cluster(), Map.of())));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice).hasMessageContaining(host(node)).hasMessageContaining(node.id());
        RequestRefused device =
                refused(() -> addDevice(node, node.devices().getFirst().name()));
        assertThat(device.status()).isEqualTo(409);
        assertThat(device).hasMessageContaining(node.devices().getFirst().id());
    }

    @Test
    void moreThanThereIs() throws IOException, InterruptedException {
        RequestRefused refused =
                refused(() -> client.createVolume(VolumeCreateRequest.of(100_000, Durability.replicate(3))));
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.text()).isEqualTo("Failed to allocate new volume: No space");
        assertThat(refused.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.more()).containsKeys("devices", "largest_size_gib");
            assertThat((List<?>) problem.more().get("devices")).hasSize(6);
        });
    }

    @Test
    void idsThatAreNotThere() throws IOException, InterruptedException {
        String id = "0123456789abcdef0123456789abcdef";
        try (Rest rest = new Rest(server.uri())) {
            for (String path : List.of("/volumes/", "/devices/", "/nodes/", "/clusters/")) {
                assertThat(rest.get(path + id).status()).as("GET %s", path).isEqualTo(404);
                assertThat(rest.send("DELETE", path + id, "", "").status())
                        .as("DELETE %s", path)
                        .isEqualTo(404);
            }
            assertThat(rest.get("/queue/" + id).status()).isEqualTo(404);
            assertThat(rest.send("POST", "/volumes/" + id + "/expand", "{\"expand_size\":1}", "")
                            .status())
                    .isEqualTo(404);
            Rest.Answer device = rest.send("POST", "/devices", "{\"name\":\"/dev/vdd\",\"node\":\"" + id + "\"}", "");
            assertThat(device.status()).isEqualTo(404);
            assertThat(device.body()).isNotBlank();
        }
    }

    @Test
    void bodiesThatAreNoJson() throws IOException, InterruptedException {
        try (Rest rest = new Rest(server.uri())) {
            for (String body : List.of("{", "[]", "{\"size\":\"x\"}", "no JSON")) {
                Rest.Answer answer = rest.send("POST", "/volumes", body, "");
                assertThat(answer.status()).as("answer to %s", body).isEqualTo(422);
                assertThat(answer.body()).contains("request unable to be parsed");
            }
            Rest.Answer invalid = rest.send("POST", "/volumes", "{\"size\":0}", "");
            assertThat(invalid.status()).isEqualTo(400);
        }
    }

    void addDevice(NodeInfo node, String device) {
        client.addDevice(new DeviceAddRequest(device, Map.of(), node.id(), false));
    }
}
