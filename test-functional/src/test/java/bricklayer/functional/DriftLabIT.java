package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BrickInfo;
import bricklayer.api.Drift;
import bricklayer.api.Durability;
import bricklayer.api.OperationInfo;
import bricklayer.api.RepairAnswer;
import bricklayer.api.RepairRequest;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.functional.lab.LabNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes astray by hand on real nodes is found, named rightly, and put right; the volume's data is what it was, and nothing else is touched. */
final class DriftLabIT extends Scenario {

    private static final int MIB = 20;
    private static final long GID = 2001;

    /** What a person does on the first node. {@code @volume@}, {@code @group@}, {@code @lv@}, {@code @point@} are those of the volume's brick there. */
    enum ByHand {
        UNMOUNTED("@kill@; umount @point@", "unmounted", "brick-process-down"),
        MOUNT_POINT_GONE("@kill@; umount @point@; rmdir @point@", "unmounted", "brick-process-down"),
        ON_ROOT_DISK("@kill@; umount @point@; mkdir @point@/brick", "on-root-disk", "brick-process-down"),
        FSTAB_LINE_REMOVED("sed -i '/@lv@/d' /etc/fstab", "fstab-missing"),
        FSTAB_LINE_OF_NOBODY(
                "echo '/dev/mapper/@group@-brick_gone /var/lib/heketi/mounts/@group@/brick_gone xfs rw,nofail 1 2' >>/etc/fstab",
                "fstab-orphan"),
        ORPHAN_LV(
                "lvcreate -qq --autobackup=n --poolmetadatasize 8192K --chunksize 256K --size 65536K --thin @group@/tp_own"
                        + " --virtualsize 65536K --name brick_own",
                "lv-orphan"),
        ORPHAN_MOUNTED_LV(
                "lvcreate -qq --autobackup=n --poolmetadatasize 8192K --chunksize 256K --size 524288K --thin @group@/tp_own"
                        + " --virtualsize 524288K --name brick_own && mkfs.xfs -q /dev/mapper/@group@-brick_own"
                        + " && mkdir -p @root@/brick_own && mount /dev/mapper/@group@-brick_own @root@/brick_own && mkdir @root@/brick_own/brick",
                "lv-orphan"),
        ORPHAN_FOLDER("mkdir -p @root@/brick_own/brick", "folder-orphan"),
        STOPPED("gluster --mode=script volume stop @volume@ force", "volume-stopped"),
        KILLED("@kill@", "brick-process-down"),
        OPTION_CHANGED("gluster --mode=script volume set @volume@ user.heketi.id nobody", "option-differs"),
        SNAPSHOT("gluster --mode=script snapshot create tmpsnap_left @volume@ no-timestamp", "snapshot-left-over"),
        OTHER_GROUP("chown :7 @point@/brick", "gid-differs");

        private final String shell;
        private final Set<String> kinds;

        ByHand(String shell, String... kinds) {
            this.shell = shell;
            this.kinds = Set.of(kinds);
        }
    }

    @SuppressWarnings("NullAway.Init")
    private VolumeInfo volume;

    private String checksum = "";

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @BeforeAll
    void makeAVolumeWithData() {
        loadTopology(1);
        volume = client.createVolume(new VolumeCreateRequest(
                1,
                "data",
                List.of(),
                Durability.replicate(3),
                GID,
                List.of("performance.io-cache off"),
                false,
                new Snapshot(true, 1.5f)));
        checksum = user().check("""
                set -e
                mount -t glusterfs %s /mnt
                dd if=/dev/urandom of=/mnt/data bs=1M count=%d status=none
                sha256sum </mnt/data
                umount /mnt
                """.formatted(volume.mount().glusterfs().device(), MIB));
        assertThat(compare()).isEmpty();
    }

    private LabNode first() {
        return ((LabStand) stand).lab().node(1);
    }

    private LabNode user() {
        return ((LabStand) stand).lab().node(2);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAndCured(ByHand drift) {
        Map<String, List<String>> before = pictures();
        first().check("set -e; " + typed(drift.shell));

        List<Drift.Finding> found = compare();

        assertThat(found.stream().map(Drift.Finding::kind).collect(Collectors.toSet()))
                .as("%s", found)
                .isEqualTo(drift.kinds);
        for (int round = 0; round < 3 && !found.isEmpty(); round++) {
            found.forEach(this::repair);
            found = compare();
        }
        assertThat(found).isEmpty();
        assertThat(pictures()).isEqualTo(before);
        assertThat(user().check("set -e; mount -t glusterfs %s /mnt; sha256sum </mnt/data; umount /mnt"
                        .formatted(volume.mount().glusterfs().device())))
                .isEqualTo(checksum);
    }

    private String typed(String shell) {
        BrickInfo brick = volume.bricks().stream()
                .filter(candidate ->
                        first().run("[ -d " + candidate.path() + " ]").status() == 0)
                .findFirst()
                .orElseThrow();
        String point = brick.path().substring(0, brick.path().lastIndexOf('/'));
        return shell.replace(
                        "@kill@", "kill -9 $(cat /run/gluster/vols/@volume@/*brick_" + brick.id() + "*.pid); sleep 1")
                .replace("@volume@", volume.name())
                .replace("@group@", "vg_" + brick.device())
                .replace("@lv@", "brick_" + brick.id())
                .replace("@root@", point.substring(0, point.lastIndexOf('/')))
                .replace("@point@", point);
    }

    /** Others ask nodes, too (health, stamps), so the cheapest of some comparisons counts. */
    @Test
    void costsAtMostFiveCommandsANode() throws IOException, InterruptedException {
        long cheapest = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            Map<String, Long> before = commands();
            assertThat(compare()).isEmpty();
            Map<String, Long> after = commands();
            long most = after.entrySet().stream()
                    .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                    .max()
                    .orElseThrow();
            cheapest = Math.min(cheapest, most);
        }
        assertThat(cheapest).isBetween(3L, 5L);
    }

    /** Given to each node, as the server counts them. */
    private Map<String, Long> commands() throws IOException, InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        try (Rest rest = new Rest(server.uri())) {
            rest.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("bricklayer_node_commands_total{"))
                    .forEach(line -> counts.put(line.substring(0, line.indexOf('}')), (long)
                            Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
        }
        assertThat(counts).hasSize(3);
        return counts;
    }

    private List<Drift.Finding> compare() {
        List<Drift.Finding> findings = new ArrayList<>();
        client.reconcile("", "", line -> {
            assertThat(line.unknown()).as("%s", line).isNull();
            if (line.finding() != null) {
                assertThat(line.finding().explainedBy()).isEmpty();
                findings.add(line.finding());
            }
        });
        return findings;
    }

    private void repair(Drift.Finding finding) {
        RepairAnswer.Repair repair = client.repair(new RepairRequest(List.of(finding.id()), false, false))
                .repairs()
                .getFirst();
        assertThat(repair.refused()).as("%s", finding).isEmpty();
        Eventually.within(PATIENCE, Duration.ofMillis(200), "the repair has ended: " + repair, () -> {
            OperationInfo now = client.operation(repair.operation());
            return !now.state().equals("running") && !now.state().equals("undoing");
        });
    }

    /** Lines in order, for a mount that was made again stands at another place. */
    private Map<String, List<String>> pictures() {
        Map<String, List<String>> sorted = new TreeMap<>();
        stand.look()
                .pictures()
                .forEach((host, text) -> sorted.put(host, text.lines().sorted().toList()));
        return sorted;
    }
}
