package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BrickInfo;
import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A volume is cloned, and its clone; they share space, and each lives on when the other goes. */
abstract class Clones extends Scenario {

    @Test
    void clonesOutliveTheirOriginAndTheSpaceIsFreeWhenTheLastIsGone() throws Exception {
        loadTopology(2);
        Map<String, String> empty = look().pictures();
        VolumeInfo origin = client.createVolume(
                VolumeCreateRequest.of(1, Durability.replicate(3)).named("origin"));
        write(origin, "before");
        Map<String, Long> used = used();

        VolumeInfo clone = cloneOf(origin, "clone");
        write(origin, "after");

        assertThat(clone.name()).isEqualTo("clone");
        assertThat(clone.sizeGiB()).isEqualTo(1);
        assertThat(devicesOf(clone)).isEqualTo(devicesOf(origin));
        assertThat(used()).as("space used").isEqualTo(used);
        assertThat(client.volume(origin.id())).isEqualTo(origin);
        Look seen = look();
        assertThat(seen.bricks()).isEqualTo(expectedBricks(volumes()));
        Look.GlusterVolume made = Objects.requireNonNull(seen.volumes().get("clone"));
        assertThat(made.options()).containsEntry("user.heketi.id", clone.id());
        assertThat(made.type()).isEqualTo("replica 3");
        assertNoSnapshot(seen);
        SortedSet<String> expected = expectedTraces(List.of(origin));
        expected.addAll(tracesOfClone(clone));
        assertThat(seen.traces()).isEqualTo(expected);
        assertHolds(clone, "before");
        assertHolds(origin, "after");

        Rest.Answer refused = post(origin, "clone");
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.body().strip())
                .isEqualTo("Failed clone volume " + origin.id() + ": Volume name 'clone' already in use");

        VolumeInfo second = cloneOf(clone, "second");
        VolumeInfo grown = client.expandVolume(second.id(), 1);
        assertThat(grown.bricks()).hasSize(6);
        Map<String, Long> usedByAll = used();

        client.deleteVolume(origin.id());
        assertThat(used()).as("space used without the origin").isEqualTo(usedByAll);
        assertThat(look().bricks()).isEqualTo(expectedBricks(volumes()));
        assertHolds(clone, "before");

        client.deleteVolume(second.id());
        assertThat(used()).as("space used by the clone alone").isEqualTo(used);
        assertHolds(clone, "before");

        client.deleteVolume(clone.id());
        assertThat(client.volumes()).isEmpty();
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();
    }

    private VolumeInfo cloneOf(VolumeInfo origin, String name) throws IOException, InterruptedException {
        Rest.Answer accepted = post(origin, name);
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        try (Rest rest = new Rest(server.uri())) {
            Rest.Answer end = rest.end(accepted.location().orElseThrow(), PATIENCE, Duration.ofMillis(50));
            assertThat(end.status()).as(end.body()).isEqualTo(303);
            String location = end.location().orElseThrow();
            return client.volume(location.substring(location.lastIndexOf('/') + 1));
        }
    }

    private Rest.Answer post(VolumeInfo origin, String name) throws IOException, InterruptedException {
        try (Rest rest = new Rest(server.uri())) {
            return rest.send("POST", "/volumes/" + origin.id() + "/clone", "{\"name\":\"" + name + "\"}", "");
        }
    }

    private static Map<String, Long> devicesOf(VolumeInfo volume) {
        return volume.bricks().stream().collect(Collectors.toMap(BrickInfo::device, BrickInfo::sizeKiB));
    }

    private Map<String, Long> used() {
        return devices()
                .collect(Collectors.toMap(
                        device -> device.id(), device -> device.storage().usedKiB(), Long::sum, TreeMap::new));
    }

    /** Of one brick a node, beside the pool, which is the origin's. */
    private SortedSet<String> tracesOfClone(VolumeInfo clone) {
        Map<String, String> hosts = manageHosts();
        SortedSet<String> traces = new TreeSet<>();
        for (BrickInfo brick : clone.bricks()) {
            assertThat(brick.path()).matches(Look.CLONES + "/[0-9a-f]{32}/brick[1-3]/brick");
            String mountPoint = brick.path().substring(0, brick.path().lastIndexOf('/'));
            String host = hosts.get(brick.node());
            traces.add(host + " lv vg_" + brick.device() + "/"
                    + Path.of(brick.path()).getName(3) + "_0");
            traces.add(host + " mount " + mountPoint);
            traces.add(host + " directory " + mountPoint);
        }
        return traces;
    }

    private static void assertNoSnapshot(Look seen) {
        assertThat(seen.pictures().values()).noneMatch(picture -> picture.contains("tmpsnap_"));
    }

    /** Writes a file of that content. */
    abstract void write(VolumeInfo volume, String content);

    abstract void assertHolds(VolumeInfo volume, String content);
}
