package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BrickInfo;
import bricklayer.api.VolumeInfo;
import bricklayer.functional.lab.LabNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A file in each of some volumes of the lab, and its checksum. */
final class LabData {

    private static final Duration HEAL_PATIENCE = Duration.ofMinutes(10);

    private final LabStand stand;
    private final int mib;
    private final Map<String, String> sums = new HashMap<>();

    /**
     * @param mib size of a file
     */
    LabData(LabStand stand, int mib) {
        this.stand = stand;
        this.mib = mib;
    }

    /** Writes a file, and waits until all bricks hold it. */
    void fill(VolumeInfo volume) {
        sums.put(volume.id(), onMount(volume, """
                dd if=/dev/urandom of=/mnt/data bs=1M count=%d conv=fsync status=none
                sha256sum </mnt/data
                """.formatted(mib)));
        // gluster looks for itself every ten minutes only
        node().check("gluster --mode=script volume set " + volume.name() + " cluster.heal-timeout 5 || true");
        awaitHealed(volume);
    }

    boolean isIn(VolumeInfo volume) {
        return sums.containsKey(volume.id());
    }

    /** What a client of the volume reads is what was written. */
    void check(VolumeInfo volume) {
        assertThat(onMount(volume, "sha256sum </mnt/data"))
                .as("checksum of the file in %s", volume.name())
                .isEqualTo(Objects.requireNonNull(sums.get(volume.id())));
    }

    /**
     * Each of these bricks has the file in full: what a client reads could still come from the others.
     *
     * @param hosts manage host names by node id
     */
    void checkReplicas(VolumeInfo volume, List<BrickInfo> bricks, Map<String, String> hosts) {
        bricks.forEach(brick -> assertThat(stand.node(Objects.requireNonNull(hosts.get(brick.node())))
                        .check("sha256sum <" + brick.path() + "/data"))
                .as("checksum of the file in brick %s of %s", brick.id(), volume.name())
                .isEqualTo(sums.get(volume.id())));
    }

    /** Also right after writing: what was written last counts as not yet agreed upon for a moment. */
    void awaitHealed(VolumeInfo volume) {
        Eventually.within(
                HEAL_PATIENCE,
                Duration.ofSeconds(2),
                "volume " + volume.name() + " is healed",
                () -> node().check(
                                "gluster --mode=script volume heal %1$s >/dev/null 2>&1; gluster --mode=script volume heal %1$s info"
                                        .formatted(volume.name()))
                        .lines()
                        .filter(line -> line.startsWith("Number of entries:"))
                        .allMatch(line -> line.endsWith(" 0")));
    }

    private LabNode node() {
        return stand.lab().node(1);
    }

    private String onMount(VolumeInfo volume, String script) {
        return node().check("set -e; mount -t glusterfs %s /mnt\n%s\numount /mnt"
                .formatted("localhost:" + volume.name(), script));
    }
}
