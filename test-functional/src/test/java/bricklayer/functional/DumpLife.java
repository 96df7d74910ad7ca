package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ConsistencyReport;
import bricklayer.api.DatabaseDump;
import bricklayer.api.Durability;
import bricklayer.api.Examination;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.main.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The records are shown, checked, compared with the nodes, copied while they change, and brought back. */
abstract class DumpLife extends Scenario {

    private static final String NEW_GENERATION = "DB_GENERATION_ID";

    @Test
    void recordsComeBackAsTheyWere() throws IOException, InterruptedException {
        loadTopology(2);
        changeAtRandom(new SplittableRandom(Long.getLong("seed", 7)));

        DatabaseDump before = dump();
        assertThat(before.volumes().values())
                .extracting(entry -> entry.info().name())
                .containsExactlyInAnyOrderElementsOf(
                        volumes().stream().map(VolumeInfo::name).toList());
        assertThat(before.operations()).isEmpty();
        assertThat(before.nodes()).hasSize(3);
        assertThat(before.devices()).hasSize(6);
        for (DatabaseDump.VolumeEntry entry : before.volumes().values()) {
            VolumeInfo told = client.volume(entry.info().id());
            assertThat(entry.bricks())
                    .isEqualTo(told.bricks().stream().map(brick -> brick.id()).toList());
            assertThat(entry.info().mount()).isEqualTo(told.mount());
        }

        ConsistencyReport sound = get("/db/check", ConsistencyReport.class);
        assertThat(sound.totalInconsistencies()).isZero();
        assertThat(sound.volumes().ok()).isEqualTo(before.volumes().size());
        assertThat(sound.bricks().ok()).isEqualTo(before.bricks().size());

        Examination seen = get("/internal/state/examine/gluster", Examination.class);
        assertThat(seen.records()).isEqualTo(before);
        assertThat(seen.report())
                .containsExactly(
                        "OnDemand Examiner invoked while 0 ops are in flight",
                        "heketi volume list matches with volume list of all nodes");
        List<Examination.NodeState> nodes =
                Objects.requireNonNull(seen.clusters().getFirst().nodes());
        assertThat(nodes).hasSize(3);
        assertThat(nodes.stream()
                        .flatMap(node -> Objects.requireNonNull(node.mounts().statuses()).stream())
                        .filter(status -> status.mountPoint().startsWith(Look.MOUNTS)))
                .hasSize(before.bricks().size())
                .allMatch(Examination.MountStatus::mounted);

        Path backup = folder.resolve("heketi.db");
        try (Rest rest = new Rest(server.uri())) {
            rest.save("/backup/db", backup);
        }
        // made after the backup, so it must not come back
        String later = client.createVolume(
                        VolumeCreateRequest.of(1, Durability.none()).named("later"))
                .id();
        client.deleteVolume(later);
        server.stop();
        Files.move(server.data().resolve("journal"), folder.resolve("lost"));
        Restore.into(server.data(), backup);
        server.restart();

        DatabaseDump after = dump();
        assertThat(after.attributes().get(NEW_GENERATION))
                .isNotNull()
                .isNotEqualTo(before.attributes().get(NEW_GENERATION));
        assertThat(withoutAttributes(after)).isEqualTo(withoutAttributes(before));
        assertAgree(volumes(), look());
        client.volumes().forEach(client::deleteVolume);
        assertNoSpaceUsed();
    }

    private void changeAtRandom(SplittableRandom random) {
        for (int i = 0; i < 12; i++) {
            List<String> volumes = client.volumes();
            int choice = volumes.isEmpty() ? 0 : random.nextInt(4);
            switch (choice) {
                case 2 -> client.expandVolume(volumes.get(random.nextInt(volumes.size())), 1);
                case 3 -> client.deleteVolume(volumes.get(random.nextInt(volumes.size())));
                default ->
                    client.createVolume(VolumeCreateRequest.of(
                                    1, random.nextBoolean() ? Durability.replicate(3) : Durability.none())
                            .named("v" + i));
            }
        }
        IntStream.range(0, 2)
                .forEach(i -> client.createVolume(
                        VolumeCreateRequest.of(1, Durability.none()).named("last" + i)));
    }

    private DatabaseDump dump() throws IOException, InterruptedException {
        return get("/db/dump", DatabaseDump.class);
    }

    private <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer answer = rest.get(path);
            assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\n    \"").endsWith("}\n");
            return WireJson.read(answer.body(), type);
        }
    }

    private static DatabaseDump withoutAttributes(DatabaseDump dump) {
        return new DatabaseDump(
                dump.clusters(),
                dump.volumes(),
                dump.bricks(),
                dump.nodes(),
                dump.devices(),
                dump.blockVolumes(),
                Map.of(),
                dump.operations());
    }
}
