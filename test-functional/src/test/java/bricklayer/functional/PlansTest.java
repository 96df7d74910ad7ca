package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BrickEvictRequest;
import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.PlanInfo;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Conflict;
import bricklayer.client.NotFound;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What would be done is shown, and then either done exactly so or not at all. */
final class PlansTest extends Scenario {

    private static final VolumeCreateRequest REPLICATED = VolumeCreateRequest.of(3, Durability.replicate(3));

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @BeforeAll
    void prepare() {
        loadTopology(2);
        NodeAddRequest fourth = new NodeAddRequest(
                4,
                new Hostnames(List.of("node4"), List.of("10.0.0.4")),
                client.clusters().getFirst(),
                Map.of());
        client.addDevice(new DeviceAddRequest(
                "/dev/vdb", Map.of(), client.addNode(fourth).id(), false));
    }

    private PlanInfo planned(Consumer<BricklayerClient> change) {
        return client.plan(change).orElseThrow();
    }

    @Test
    void aVolumeIsMadeAsItWasShown() {
        PlanInfo plan = planned(it -> it.createVolume(REPLICATED.named("shown")));
        assertThat(client.volumes()).isEmpty();
        assertThat(plan.kind()).isEqualTo("create-volume");
        assertThat(plan.space()).hasSize(3).allMatch(space -> space.freeAfterKiB() < space.freeBeforeKiB());
        assertThat(plan.placement()).hasSize(7);
        assertThat(plan.placement().stream().filter(PlanInfo.Choice::chosen).map(PlanInfo.Choice::device))
                .containsExactlyElementsOf(
                        plan.space().stream().map(PlanInfo.Space::device).toList());
        assertThat(plan.stages().stream()
                        .flatMap(stage -> stage.lanes().stream())
                        .flatMap(lane -> lane.steps().stream())
                        .flatMap(step -> step.commands().stream()))
                .anyMatch(command -> command.contains("lvcreate "))
                .anyMatch(command -> command.startsWith("gluster ") && command.endsWith(" volume start shown"));

        String made = client.carryOut(plan.id()).orElseThrow();
        assertThat(made).isEqualTo(plan.resource());
        VolumeInfo volume = client.volume(client.volumes().getFirst());
        assertThat("/volumes/" + volume.id()).isEqualTo(plan.resource());
        assertThat(volume.bricks())
                .allMatch(brick -> plan.changes().stream()
                        .anyMatch(change -> change.id().equals(brick.id())
                                && change.description().equals("Add brick")));
        assertThat(plan.space())
                .allMatch(space -> client.device(space.device()).storage().freeKiB() == space.freeAfterKiB());

        assertThat(client.carryOut(plan.id())).contains(made);
        assertThat(client.volumes()).hasSize(1);
        client.deleteVolume(volume.id());
    }

    @Test
    void theCommandLineShowsAndDoes() throws Exception {
        String shown = bricklayer("volume", "create", "--size=1", "--name=typed", "--explain");
        assertThat(shown).contains("Plan: create-volume", "Add brick: 3 of them", "Not chosen device", "lvcreate");
        assertThat(client.volumes()).isEmpty();
        String id = shown.replaceAll("(?s).*plan execute ([0-9a-f]{32}) .*", "$1");
        assertThat(bricklayer("plan", "execute", id)).startsWith("Done: create-volume, see /volumes/");
        String volume = client.volumes().getFirst();
        assertThat(bricklayer("--dry-run", "volume", "delete", volume)).contains("(cannot be taken back)");
        assertThat(client.volumes()).containsExactly(volume);
        client.deleteVolume(volume);
    }

    /** Runs the program as a person would. */
    private String bricklayer(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "bricklayer.tools.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HEKETI_CLI_SERVER", server.uri().toString());
        builder.environment().put("HEKETI_CLI_USER", "admin");
        builder.environment().put("HEKETI_CLI_KEY", ServerProcess.ADMIN_KEY);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void aPlanThatNoLongerHoldsIsNotCarriedOut() {
        PlanInfo plan = planned(it -> it.createVolume(REPLICATED.named("late")));
        String chosen = plan.space().getFirst().device();
        client.setDeviceState(chosen, new StateRequest("offline", ""));
        try {
            assertThatThrownBy(() -> client.carryOut(plan.id()))
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("no longer holds");
        } finally {
            client.setDeviceState(chosen, new StateRequest("online", ""));
        }
        assertThat(client.volumes()).isEmpty();

        assertThat(client.carryOut(plan.id())).contains(plan.resource());
        client.deleteVolume(plan.resource().substring("/volumes/".length()));
    }

    @Test
    void aPlanOfSomethingThatIsGoneIsRefused() {
        VolumeInfo volume = client.createVolume(REPLICATED);
        PlanInfo plan = planned(it -> it.expandVolume(volume.id(), 1));
        client.deleteVolume(volume.id());
        assertThatThrownBy(() -> client.carryOut(plan.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> client.carryOut("abc")).isInstanceOf(NotFound.class);
    }

    @Test
    void emptyingADeviceShowsWithWhatItBegins() {
        VolumeInfo volume = client.createVolume(REPLICATED);
        String device = volume.bricks().getFirst().device();
        client.setDeviceState(device, new StateRequest("offline", ""));
        PlanInfo plan = planned(it -> it.setDeviceState(device, new StateRequest("failed", "")));
        PlanInfo.First first = Objects.requireNonNull(plan.first());
        assertThat(first.kind()).isEqualTo("evict-brick");
        assertThat(first.stages()).isNotEmpty();
        client.setDeviceState(device, new StateRequest("online", ""));
        client.deleteVolume(volume.id());
    }

    /** Nothing is recorded and nothing on nodes is touched by any of them. */
    @Test
    void everyChangeOfThingsCanBePlanned() {
        VolumeInfo volume = client.createVolume(REPLICATED);
        VolumeInfo hosting = client.createVolume(new VolumeCreateRequest(
                10, "hosting", List.of(), Durability.replicate(3), 0, List.of(), true, bricklayer.api.Snapshot.UNSAID));
        DeviceInfo device = devices()
                .filter(one -> one.storage().usedKiB() == 0)
                .findFirst()
                .orElseThrow();
        String cluster = client.clusters().getFirst();
        String node = client.cluster(cluster).nodes().getFirst();
        TagsChangeRequest tags = new TagsChangeRequest("set", Map.of("a", "b"));
        List<Consumer<BricklayerClient>> changes = List.of(
                it -> it.createCluster(new ClusterCreateRequest(true, true)),
                it -> it.setClusterFlags(cluster, new ClusterFlagsRequest(true, false)),
                it -> it.addNode(
                        new NodeAddRequest(5, new Hostnames(List.of("node5"), List.of("10.0.0.5")), cluster, Map.of())),
                it -> it.setNodeState(node, new StateRequest("offline", "")),
                it -> it.changeNodeTags(node, tags),
                it -> it.addDevice(new DeviceAddRequest("/dev/vde", Map.of(), node, false)),
                it -> it.setDeviceState(device.id(), new StateRequest("offline", "")),
                it -> it.changeDeviceTags(device.id(), tags),
                it -> it.resyncDevice(device.id()),
                it -> it.createVolume(REPLICATED),
                it -> it.expandVolume(volume.id(), 2),
                it -> it.cloneVolume(volume.id(), new VolumeCloneRequest("copy")),
                it -> it.evictBrick(volume.bricks().getFirst().id(), new BrickEvictRequest("")),
                it -> it.deleteVolume(volume.id()),
                it -> it.createBlockVolume(new BlockVolumeCreateRequest(1, List.of(), "block", 1, false)));
        String before = client.dumpDb();
        Look nodesBefore = look();
        List<String> kinds = new ArrayList<>();
        for (Consumer<BricklayerClient> change : changes) {
            kinds.add(planned(change).kind());
        }
        assertThat(kinds).doesNotContain("").hasSize(changes.size());
        assertThat(client.dumpDb()).isEqualTo(before);
        assertThat(look()).isEqualTo(nodesBefore);
        client.deleteVolume(volume.id());
        client.deleteVolume(hosting.id());
    }

    /** Routes that cannot plan say so and do nothing; the others never act. */
    @Test
    void noRouteTakesADryRunForTheRealThing() throws Exception {
        String before = client.dumpDb();
        try (Rest rest = new Rest(server.uri())) {
            JsonNode paths = new ObjectMapper()
                    .readTree(rest.get("/openapi.json").body())
                    .get("paths");
            int tried = 0;
            for (Map.Entry<String, JsonNode> path : paths.properties()) {
                for (String method : List.of("post", "put", "delete")) {
                    if (path.getValue().has(method)) {
                        String asked = path.getKey().replaceAll("\\{[^}]*}", "00") + "?dryRun=true";
                        Rest.Answer answer = rest.send(method.toUpperCase(java.util.Locale.ROOT), asked, "{}", "");
                        assertThat(answer.status()).as("%s %s", method, asked).isNotEqualTo(202);
                        if (answer.status() == 200) {
                            assertThat(answer.body()).as("%s %s", method, asked).contains("\"kind\"");
                        }
                        tried++;
                    }
                }
            }
            assertThat(tried).isGreaterThan(20);
            assertThat(rest.send("POST", "/admin?dryRun=true", "{\"state\":\"read-only\"}", "")
                            .body())
                    .contains("dryRun is not offered for POST /admin");
            assertThat(rest.send("POST", "/clusters?dryRun=perhaps", "{}", "").status())
                    .isEqualTo(400);
        }
        assertThat(client.adminMode()).isEqualTo("normal");
        assertThat(client.dumpDb()).isEqualTo(before);
    }
}
