package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ClusterFlagsRequest;
import bricklayer.api.DatabaseDump;
import bricklayer.api.Durability;
import bricklayer.api.RebuildReport;
import bricklayer.api.RebuildRequest;
import bricklayer.api.StampReport;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The data folder is deleted, and the service goes on with records made from nothing but the nodes. */
abstract class RebuildLife extends Scenario {

    @Test
    void theRecordsComeBackFromTheNodes() throws IOException {
        loadTopology(2);
        history();
        Eventually.within(PATIENCE, Duration.ofMillis(500), "the nodes know of every change", () -> {
            StampReport report = client.compareStamps();
            assertThat(report.unknown()).isEmpty();
            return report.due() == 0 && report.differences().isEmpty();
        });
        awaitNoOperations();
        DatabaseDump before = dump();

        server.stop();
        Files.move(server.data().resolve("journal"), folder.resolve("lost"));
        server.restart();
        assertThat(client.clusters()).isEmpty();

        RebuildRequest request = new RebuildRequest(List.of(), stand.topology(2), true, false);
        RebuildReport planned = client.rebuild(request);
        assertThat(planned.written()).isFalse();
        assertThat(client.clusters()).isEmpty();
        RebuildReport report = client.rebuild(new RebuildRequest(List.of(), stand.topology(2), false, false));
        assertThat(report.written()).isTrue();
        assertThat(report.findings()).isEmpty();
        assertThat(report.whole()).isTrue();
        assertThat(report).isEqualTo(planned.asWritten());

        DatabaseDump after = dump();
        assertThat(after.clusters()).isEqualTo(before.clusters());
        assertThat(after.nodes()).isEqualTo(before.nodes());
        assertThat(after.devices()).isEqualTo(before.devices());
        assertThat(after.volumes()).isEqualTo(before.volumes());
        assertThat(after.bricks()).isEqualTo(before.bricks());
        goesOn();
    }

    private void history() {
        List<VolumeInfo> made = atOnce(
                List.of(
                        VolumeCreateRequest.of(2, Durability.replicate(3)).named("plain"),
                        VolumeCreateRequest.of(1, Durability.none()).named("single"),
                        VolumeCreateRequest.of(1, Durability.none()).named("gone"),
                        VolumeCreateRequest.of(2, Durability.disperse(2, 1)).named("coded")),
                client::createVolume);
        String plain = made.getFirst().id();
        String gone = made.get(2).id();
        client.expandVolume(plain, 1);
        client.cloneVolume(plain, new VolumeCloneRequest("copy"));
        client.deleteVolume(gone);
        String node = nodes().findFirst().orElseThrow().id();
        String device = devices().findFirst().orElseThrow().id();
        client.changeNodeTags(node, new TagsChangeRequest("set", Map.of("rack", "r 1", "owner", "\u00fc")));
        client.changeDeviceTags(device, new TagsChangeRequest("set", Map.of("disk", "ssd")));
        client.setDeviceState(device, new StateRequest("offline", ""));
        client.setClusterFlags(client.clusters().getFirst(), new ClusterFlagsRequest(true, false));
    }

    private void goesOn() {
        client.setDeviceState(
                devices()
                        .filter(device -> device.state().equals("offline"))
                        .findFirst()
                        .orElseThrow()
                        .id(),
                new StateRequest("online", ""));
        atOnce(
                volumes(),
                volume -> assertThat(client.expandVolume(volume.id(), 2).sizeGiB())
                        .isEqualTo(volume.sizeGiB() + 2));
        client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(3)).named("new"));
        assertThat(look().bricks()).isEqualTo(expectedBricks(volumes()));
        // it shares its pools with what it was made from: one of them after the other
        volumes().stream()
                .filter(volume -> volume.name().equals("copy"))
                .forEach(copy -> client.deleteVolume(copy.id()));
        deleteVolumes();
        assertNoSpaceUsed();
        assertAgree(List.of(), look());
    }

    private DatabaseDump dump() {
        return WireJson.read(client.dumpDb(), DatabaseDump.class);
    }
}
