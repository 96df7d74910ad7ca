package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.AdoptionList;
import bricklayer.api.AdoptionRequest;
import bricklayer.api.DoctorReport.Finding;
import bricklayer.api.Durability;
import bricklayer.api.NodeAddressRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.RebootCheck;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.Conflict;
import bricklayer.functional.lab.Lab;
import bricklayer.functional.lab.LabNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person asks of the service about its nodes, and does with them, where the nodes are real: each answer is held to what the nodes, gluster and a mount say. */
final class NodeCareLabIT extends Scenario {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @BeforeAll
    void load() {
        loadTopology(1);
    }

    @AfterEach
    void removeVolumes() {
        awaitNoOperations();
        client.volumes().forEach(client::deleteVolume);
    }

    private Lab lab() {
        return ((LabStand) stand).lab();
    }

    private NodeInfo recordOf(LabNode node) {
        return nodes().filter(each -> each.hostnames().manage().contains(node.manage()))
                .findFirst()
                .orElseThrow();
    }

    private VolumeInfo volume(String name, Durability durability) {
        return client.createVolume(VolumeCreateRequest.of(1, durability).named(name));
    }

    // doctor

    @Test
    void theDoctorFindsWhatIsWrong() {
        LabNode node = lab().node(2);
        assertThat(errors(node)).isEmpty();
        VolumeInfo volume = volume("well", Durability.replicate(3));
        String mount = volume.bricks().stream()
                .filter(brick -> brick.node().equals(recordOf(node).id()))
                .map(brick -> brick.path().substring(0, brick.path().lastIndexOf('/')))
                .findFirst()
                .orElseThrow();
        assertThat(errors(node)).isEmpty();

        node.check("mv /usr/sbin/thin_check /usr/sbin/thin_check.away");
        node.check("""
                set -e
                umount -l %s
                lvcreate -qq --autobackup=n --poolmetadatasize 8192K --chunksize 256K --size 65536K --thin %s/tp_small --virtualsize 65536K --name small
                dd if=/dev/urandom of=/dev/mapper/%s-small bs=1M count=62 oflag=direct status=none
                mkfs.xfs -q /dev/vdd
                """.formatted(mount, group(node), group(node)));

        assertThat(findings(node))
                .anySatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo("error");
                    assertThat(finding.what()).isEqualTo("there is no program thin_check");
                    assertThat(finding.fix()).isEqualTo("apt-get install thin-provisioning-tools");
                })
                .anySatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo("error");
                    assertThat(finding.what()).startsWith(mount + " is in fstab and not mounted");
                    assertThat(finding.fix()).isEqualTo("mount " + mount);
                })
                .anySatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo("error");
                    assertThat(finding.what())
                            .matches("data of thin pool " + group(node) + "/tp_small is 9\\d.* % full");
                });
        assertThat(command("admin", "doctor"))
                .contains("there is no program thin_check", "tp_small", "is in fstab and not mounted");
        // a machine that is to be added is asked about its disks as well
        assertThat(command("admin", "doctor", "--host", node.manage())).contains("/dev/vdd carries", "xfs");

        node.check("mv /usr/sbin/thin_check.away /usr/sbin/thin_check; " + fixOf(node, mount) + "; lvremove -qq -y "
                + group(node) + "/tp_small; wipefs -qa /dev/vdd");
        assertThat(errors(node)).isEmpty();
    }

    /** What the doctor says would cure it. */
    private String fixOf(LabNode node, String mount) {
        return findings(node).stream()
                .filter(finding -> finding.what().startsWith(mount))
                .map(Finding::fix)
                .findFirst()
                .orElseThrow();
    }

    private List<Finding> findings(LabNode node) {
        return client.doctor(recordOf(node).id()).nodes().stream()
                .flatMap(each -> each.findings().stream())
                .toList();
    }

    private List<Finding> errors(LabNode node) {
        return findings(node).stream()
                .filter(finding -> finding.severity().equals("error"))
                .toList();
    }

    private String group(LabNode node) {
        return "vg_" + recordOf(node).devices().getFirst().id();
    }

    private String command(String... words) {
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
        try {
            return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        }
    }

    // reboot

    @Test
    void whatIsSaidOfARebootIsWhatComes() {
        VolumeInfo volume = volume("precious", Durability.replicate(3));
        LabNode user = lab().node(1);
        user.check("""
                set -e
                gluster --mode=script volume set %1$s network.ping-timeout 5
                gluster --mode=script volume set %1$s cluster.heal-timeout 5
                mount -t glusterfs %2$s /mnt
                echo before >/mnt/file
                """.formatted(volume.name(), volume.mount().glusterfs().device()));
        try {
            awaitRebootCheck(lab().node(3), true, "");

            lab().node(3).kill();
            assertThat(writes(user, "one node away")).isTrue();
            // two of three are left, so without another one nobody could write
            awaitRebootCheck(lab().node(2), false, "without the node 1 of the bricks");

            lab().node(2).kill();
            assertThat(writes(user, "two nodes away")).isFalse();
        } finally {
            lab().node(2).start();
            lab().node(3).start();
        }
        ((LabStand) stand).awaitPeers();
        Eventually.within(PATIENCE, PAUSE, "writes again", () -> writes(user, "all back"));
        awaitRebootCheck(lab().node(2), true, "");
        assertThat(user.check("cat /mnt/file; umount /mnt")).isEqualTo("before\none node away\nall back\n");

        VolumeInfo alone = volume("alone", Durability.none());
        LabNode holder = ((LabStand) stand)
                .node(manageHosts().get(alone.bricks().getFirst().node()));
        RebootCheck said = client.rebootCheck(recordOf(holder).id());
        assertThat(said.safe()).isFalse();
        assertThat(said.reasons()).anySatisfy(reason -> assertThat(reason.why()).startsWith("it keeps no second copy"));
        assertThat(command("admin", "reboot-check", recordOf(holder).id())).contains("it keeps no second copy");
    }

    private void awaitRebootCheck(LabNode node, boolean safe, String why) {
        Eventually.within(PATIENCE, PAUSE, "node " + node.number() + " can be restarted: " + safe, () -> {
            RebootCheck said = client.rebootCheck(recordOf(node).id());
            return said.safe() == safe
                    && (safe
                            || said.reasons().stream()
                                    .anyMatch(reason -> reason.why().startsWith(why)));
        });
    }

    /** Whether a line reaches the file through the mount, in good time. */
    private static boolean writes(LabNode user, String line) {
        return user.run("timeout 60 sh -c 'echo \"%s\" >>/mnt/file && sync /mnt/file'".formatted(line))
                        .status()
                == 0;
    }

    // adoption

    @Test
    void aVolumeMadeByHandIsAdoptedManagedAndForgottenWithItsData() {
        Map<LabNode, String> bricks = lab().nodes().stream()
                .collect(Collectors.toMap(
                        node -> node, node -> "/var/lib/heketi/mounts/" + group(node) + "/photos/brick"));
        lab().nodes().forEach(node -> node.check("""
                set -e
                lvcreate -qq --autobackup=n --poolmetadatasize 8192K --chunksize 256K --size 1048576K --thin %1$s/tp_photos --virtualsize 1048576K --name photos
                mkfs.xfs -q -i size=512 /dev/mapper/%1$s-photos
                mkdir -p /var/lib/heketi/mounts/%1$s/photos
                echo '/dev/mapper/%1$s-photos /var/lib/heketi/mounts/%1$s/photos xfs rw,inode64,noatime,nouuid 1 2' >>/etc/fstab
                mount /var/lib/heketi/mounts/%1$s/photos
                mkdir /var/lib/heketi/mounts/%1$s/photos/brick
                """.formatted(group(node))));
        String names = lab().nodes().stream()
                .map(node -> node.storage() + ":" + bricks.get(node))
                .collect(Collectors.joining(" "));
        LabNode user = lab().node(1);
        user.check("gluster --mode=script volume create photos replica 3 " + names
                + " && gluster --mode=script volume start photos");
        String sum = user.check("""
                set -e
                mount -t glusterfs localhost:photos /mnt
                dd if=/dev/urandom of=/mnt/data bs=1M count=20 status=none
                sha256sum </mnt/data
                umount /mnt
                """);
        AdoptionList.Candidate found = candidate();
        assertThat(found.obstacles()).isEmpty();
        assertThat(found.unmanageable()).isEmpty();
        String before = glusterSays(user);

        VolumeInfo readOnly = client.adopt(new AdoptionRequest("photos", "", false));
        assertThat(client.volume(readOnly.id()).bricks()).hasSize(3);
        assertThatThrownBy(() -> client.deleteVolume(readOnly.id())).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> client.expandVolume(readOnly.id(), 1)).isInstanceOf(Conflict.class);
        assertThat(sum(user)).isEqualTo(sum);
        assertThat(glusterSays(user)).as("nothing was done to it").isEqualTo(before);

        client.forgetVolume(readOnly.id());
        assertThat(client.volumes()).isEmpty();
        assertThat(glusterSays(user)).isEqualTo(before);
        assertThat(sum(user)).isEqualTo(sum);

        VolumeInfo again = client.adopt(new AdoptionRequest("photos", "", false));
        VolumeInfo managed = client.adopt(new AdoptionRequest(again.id(), "", true));
        assertThat(managed.id()).isEqualTo(again.id());
        assertThat(sum(user)).isEqualTo(sum);
        assertThat(client.expandVolume(managed.id(), 1).bricks()).hasSize(6);
        assertThat(sum(user)).isEqualTo(sum);
        client.deleteVolume(managed.id());
        assertThat(look().volumes()).isEmpty();
        assertThat(look().traces()).isEmpty();
        assertNoSpaceUsed();
    }

    private AdoptionList.Candidate candidate() {
        return client.adoptions("").volumes().stream()
                .filter(candidate -> candidate.name().equals("photos"))
                .findFirst()
                .orElseThrow();
    }

    /** All but what changes by itself. */
    private static String glusterSays(LabNode user) {
        return user.check("gluster --mode=script volume info photos | grep -v '^Snapshot Count'");
    }

    private static String sum(LabNode user) {
        return user.check("set -e; mount -t glusterfs localhost:photos /mnt; sha256sum </mnt/data; umount /mnt");
    }

    // addresses

    @Test
    void aNodeIsReachedByAnotherAddress() throws IOException {
        LabNode node = lab().node(3);
        NodeInfo before = recordOf(node);
        String other = "127.0.3." + node.number();
        Process relay = new ProcessBuilder(
                        "socat",
                        "TCP-LISTEN:" + lab().sshPort() + ",bind=" + other + ",fork,reuseaddr",
                        "TCP:" + node.manage() + ":" + lab().sshPort())
                .inheritIO()
                .start();
        try {
            assertThatThrownBy(() -> client.setNodeAddress(
                            before.id(), new NodeAddressRequest(lab().node(2).manage(), "")))
                    .isInstanceOf(Conflict.class);
            assertThatThrownBy(() -> client.setNodeAddress(
                            before.id(),
                            new NodeAddressRequest("", lab().node(2).storage())))
                    .isInstanceOf(Conflict.class);
            assertThat(client.node(before.id()).hostnames()).isEqualTo(before.hostnames());

            Eventually.within(
                    PATIENCE,
                    PAUSE,
                    "the new address is taken",
                    () -> client.setNodeAddress(before.id(), new NodeAddressRequest(other, ""))
                            .hostnames()
                            .manage()
                            .contains(other));
            VolumeInfo volume = volume("moved", Durability.replicate(3));
            assertThat(volume.bricks()).anyMatch(brick -> brick.node().equals(before.id()));
            client.deleteVolume(volume.id());

            String second = "10.77.0.103";
            node.check("ip addr add " + second + "/24 dev vec0");
            NodeInfo moved = client.setNodeAddress(before.id(), new NodeAddressRequest("", second));
            assertThat(moved.hostnames().storage()).contains(second);
            VolumeInfo named = volume("renamed", Durability.replicate(3));
            assertThat(lab().node(1).check("gluster --mode=script volume info renamed"))
                    .contains(second + ":/");
            client.deleteVolume(named.id());
            client.setNodeAddress(before.id(), new NodeAddressRequest(node.manage(), node.storage()));
            assertThat(client.node(before.id()).hostnames().manage().getFirst()).isEqualTo(node.manage());
        } finally {
            relay.descendants().forEach(ProcessHandle::destroy);
            relay.destroy();
        }
    }
}
