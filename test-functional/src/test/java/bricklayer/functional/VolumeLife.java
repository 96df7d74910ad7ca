package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.Durability;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.Conflict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Volumes of every kind come, serve, grow and go, and the nodes are afterwards as they were before. */
abstract class VolumeLife extends Scenario {

    private static final long GID = 2001;

    @Test
    void nodesAreAsBeforeWhenAllVolumesAreGone() {
        Map<String, String> untouched = look().pictures();
        loadTopology(2);
        Map<String, String> empty = look().pictures();

        List<VolumeInfo> made = atOnce(
                List.of(
                        withGid(VolumeCreateRequest.of(1, Durability.replicate(3))
                                .named("replicated")),
                        VolumeCreateRequest.of(2, Durability.disperse(2, 1)).named("dispersed"),
                        withOption(
                                VolumeCreateRequest.of(1, Durability.replicate(3))
                                        .named("arbitrated"),
                                "user.heketi.arbiter true"),
                        withOption(
                                VolumeCreateRequest.of(1, Durability.none()).named("distributed"),
                                "performance.io-cache off")),
                client::createVolume);
        VolumeInfo replicated = made.get(0);
        VolumeInfo dispersed = made.get(1);
        VolumeInfo arbitrated = made.get(2);
        VolumeInfo distributed = made.get(3);

        Look seen = look();
        assertAgree(volumes(), seen);
        check(seen, replicated, "replica 3", 3);
        check(seen, dispersed, "disperse 3 redundancy 1", 3);
        check(seen, arbitrated, "replica 3 arbiter 1", 3);
        check(seen, distributed, "distribute", 1);
        assertThat(Objects.requireNonNull(seen.volumes().get("distributed")).options())
                .containsEntry("performance.io-cache", "off");
        assertThat(Objects.requireNonNull(seen.volumes().get("arbitrated")).options())
                .containsEntry("user.heketi.arbiter", "true");
        Map<String, String> hosts = manageHosts();
        assertThat(replicated.bricks())
                .allSatisfy(brick -> assertThat(seen.rights())
                        .containsEntry(hosts.get(brick.node()) + ":" + brick.path(), new Look.Rights(GID, "2775")));
        checkUse(replicated, GID);

        VolumeInfo grown = client.expandVolume(replicated.id(), 1);
        assertThat(grown.sizeGiB()).isEqualTo(2);
        assertThat(grown.bricks()).hasSize(6);
        assertThat(client.volume(replicated.id())).isEqualTo(grown);
        Look seenGrown = look();
        check(seenGrown, grown, "replica 3", 6);
        assertAgree(volumes(), seenGrown);
        checkGrowth(grown);

        aSnapshotKeepsItsVolume(dispersed);

        deleteVolumes();
        assertThat(client.volumes()).isEmpty();
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();

        removeEverything();
        assertThat(look().pictures()).isEqualTo(untouched);
    }

    private void aSnapshotKeepsItsVolume(VolumeInfo volume) {
        gluster("snapshot", "create", "keep", volume.name(), "no-timestamp");
        assertThatThrownBy(() -> client.deleteVolume(volume.id()))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("it has snapshots");
        assertThat(client.volume(volume.id())).isEqualTo(volume);
        assertThat(Objects.requireNonNull(look().volumes().get(volume.name())).status())
                .isEqualTo("Started");
        gluster("snapshot", "delete", "keep");
    }

    /** A person at the first node gives gluster a command. */
    abstract void gluster(String... words);

    private static VolumeCreateRequest withGid(VolumeCreateRequest asked) {
        return new VolumeCreateRequest(
                asked.sizeGiB(), asked.name(), List.of(), asked.durability(), GID, List.of(), false, Snapshot.UNSAID);
    }

    private static VolumeCreateRequest withOption(VolumeCreateRequest asked, String option) {
        return new VolumeCreateRequest(
                asked.sizeGiB(),
                asked.name(),
                List.of(),
                asked.durability(),
                0,
                List.of(option),
                false,
                Snapshot.UNSAID);
    }

    private static void check(Look seen, VolumeInfo volume, String type, int bricks) {
        assertThat(seen.volumes()).containsKey(volume.name());
        Look.GlusterVolume there = Objects.requireNonNull(seen.volumes().get(volume.name()));
        assertThat(there.status()).isEqualTo("Started");
        assertThat(there.type()).isEqualTo(type);
        assertThat(there.bricks()).hasSize(bricks);
        assertThat(there.options()).containsEntry("user.heketi.id", volume.id());
    }

    /** Mounts the volume and uses it, where there is something to mount. */
    abstract void checkUse(VolumeInfo volume, long gid);

    /** What its users see of its new size, where there are users. */
    abstract void checkGrowth(VolumeInfo volume);
}
