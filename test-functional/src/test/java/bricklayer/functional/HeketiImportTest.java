package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.BrickInfo;
import bricklayer.api.Durability;
import bricklayer.api.ImportReport;
import bricklayer.api.ImportReport.Unfinished;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.Conflict;
import bricklayer.main.HeketiFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A server's records are lost but for a dump in Heketi's form, taken while volumes were being made, grown, deleted and a brick moved. A new server imports it, ends what was left half done, and
 * carries on with the volumes as if they were its own.
 */
final class HeketiImportTest extends Scenario {

    private static final int COMMAND_DELAY_MILLIS = 40;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, COMMAND_DELAY_MILLIS);
    }

    @Test
    void theServiceCarriesOnWithWhatWasImported() throws Exception {
        loadTopology(2);
        Map<String, String> empty = look().pictures();
        VolumeInfo data = create("data", 12, Durability.replicate(3), "");
        client.expandVolume(data.id(), 6);
        VolumeInfo arbiter = create("arbiter", 3, Durability.replicate(3), "user.heketi.arbiter true");
        VolumeInfo dispersed = create("dispersed", 4, Durability.disperse(2, 1), "");
        VolumeInfo plain = create("plain", 2, Durability.none(), "");
        VolumeInfo copy = client.cloneVolume(plain.id(), new VolumeCloneRequest("copy"));
        VolumeInfo growing = create("growing", 2, Durability.none(), "");
        VolumeInfo going = create("going", 2, Durability.replicate(3), "");

        leaveHalfDone(growing, going, dispersed);
        String dump = offlineDump();
        delete(server.data());
        server.restart();
        assertThat(client.clusters()).isEmpty();

        ImportReport preview = client.previewHeketiImport(dump);
        assertThat(preview.problems()).isEmpty();
        assertThat(preview.imported()).isFalse();
        assertThat(preview.unknown()).isEmpty();
        assertThat(preview.differences())
                .as("what an operation does not explain")
                .filteredOn(difference -> difference.explainedBy().isEmpty())
                .isEmpty();
        assertThat(client.clusters()).as("a preview changes nothing").isEmpty();
        ImportReport report = client.importHeketi(dump);
        assertThat(report.imported()).isTrue();
        // how many of the four requests were still under way is a matter of time; the last one was
        assertThat(report.operations())
                .extracting(Unfinished::type)
                .contains("evict-brick")
                .isSubsetOf("create-volume", "expand-volume", "delete-volume", "evict-brick");
        assertThat(report.operations()).extracting(Unfinished::status).containsOnly("stale");
        assertThatThrownBy(() -> client.importHeketi(dump)).isInstanceOf(Conflict.class);

        // what its next start does the cleaner would do, too
        server.stop();
        server.restart();
        awaitNoOperations();
        assertThat(volumes())
                .extracting(VolumeInfo::name)
                .contains("data", "arbiter", "dispersed", "plain", "copy", "growing")
                .isSubsetOf("data", "arbiter", "dispersed", "plain", "copy", "growing", "half");
        assertThat(client.volume(growing.id()).sizeGiB()).isIn(2L, 3L);
        assertThat(look().bricks()).isEqualTo(expectedBricks(volumes()));

        VolumeInfo grown = client.expandVolume(data.id(), 3);
        assertThat(grown.sizeGiB()).isEqualTo(21);
        client.expandVolume(arbiter.id(), 2);
        VolumeInfo again = client.cloneVolume(arbiter.id(), new VolumeCloneRequest("again"));
        assertThat(again.bricks()).hasSameSizeAs(client.volume(arbiter.id()).bricks());
        Look seen = look();
        evictOneOfEachSet(data.id(), seen);
        evictOneOfEachSet(dispersed.id(), seen);
        assertThat(look().bricks()).isEqualTo(expectedBricks(volumes()));

        // the origin first: its pool stays for the clone, and goes with that
        client.deleteVolume(plain.id());
        client.deleteVolume(copy.id());
        client.volumes().forEach(client::deleteVolume);
        awaitNoOperations();
        assertNoSpaceUsed();
        assertThat(look().pictures()).isEqualTo(empty);
    }

    private VolumeInfo create(String name, int sizeGiB, Durability durability, String option) {
        return client.createVolume(new VolumeCreateRequest(
                sizeGiB,
                name,
                List.of(),
                durability,
                0,
                option.isEmpty() ? List.of() : List.of(option),
                false,
                Snapshot.UNSAID));
    }

    /** Each move asks which bricks are in the same set, which no dump says. */
    private void evictOneOfEachSet(String volume, Look seen) {
        int sets = client.volume(volume).bricks().size() / 3;
        List<String> order = Objects.requireNonNull(
                        seen.volumes().get(client.volume(volume).name()))
                .bricks();
        Map<String, String> storage = new java.util.HashMap<>();
        nodes().forEach(node ->
                storage.put(node.id(), node.hostnames().storage().getFirst()));
        for (int set = 0; set < sets; set++) {
            String name = order.get(3 * set);
            BrickInfo brick = client.volume(volume).bricks().stream()
                    .filter(each -> name.equals(storage.get(each.node()) + ":" + each.path()))
                    .findFirst()
                    .orElseThrow();
            client.evictBrick(brick.id(), new bricklayer.api.BrickEvictRequest(""));
        }
    }

    private void leaveHalfDone(VolumeInfo growing, VolumeInfo going, VolumeInfo moving)
            throws IOException, InterruptedException {
        String brick = moving.bricks().getFirst().id();
        try (Rest rest = new Rest(server.uri())) {
            accepted(rest.send("POST", "/volumes", "{\"size\":1,\"name\":\"half\"}", ""));
            accepted(rest.send("POST", "/volumes/" + growing.id() + "/expand", "{\"expand_size\":1}", ""));
            accepted(rest.send("DELETE", "/volumes/" + going.id(), "", ""));
            accepted(rest.send("POST", "/bricks/to-evict/" + brick, "{\"healcheck\":\"disable\"}", ""));
        }
        server.kill9();
    }

    private static void accepted(Rest.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private String offlineDump() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(HeketiFolder.give(server.data(), out)).isEmpty();
        String dump = out.toString(StandardCharsets.UTF_8);
        assertThat(WireJson.read(dump, bricklayer.api.DatabaseDump.class).operations())
                .isNotEmpty();
        return dump;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
