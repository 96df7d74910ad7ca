package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.RequestRefused;
import bricklayer.functional.lab.LabNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With what only real nodes can do. */
final class BadDaysLabIT extends BadDays {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    private LabStand lab() {
        return (LabStand) stand;
    }

    private LabNode node(NodeInfo node) {
        return lab().node(host(node));
    }

    @Override
    void powerOff(NodeInfo node) {
        node(node).check("sync");
        node(node).kill();
    }

    @Override
    void powerOn(NodeInfo node) {
        node(node).start();
        lab().awaitPeers();
    }

    @Override
    void stopGlusterd(NodeInfo node) {
        LabStand.stopGlusterd(node(node));
    }

    @Override
    void startGlusterd(NodeInfo node) {
        LabStand.startGlusterd(node(node));
        lab().awaitPeers();
    }

    @Override
    void putFileSystemOn(NodeInfo node, String device) {
        node(node).check("mkfs.ext4 -q " + device);
    }

    @Override
    void wipe(NodeInfo node, String device) {
        node(node).check("wipefs -qa " + device);
    }

    @Override
    void takeOut(NodeInfo node, String device) {
        node(node).check("[ ! -e " + device + " ]");
    }

    @Test
    void deviceInUse() {
        NodeInfo node = nodes.get(1);
        node(node).check("mkfs.ext4 -q " + SPARE + " && mount " + SPARE + " /mnt");
        try {
            assertThat(refused(() -> addDevice(node, SPARE)))
                    .hasMessageContaining("on node " + host(node))
                    .hasMessageContaining("pvcreate")
                    .hasMessageContaining(SPARE);
        } finally {
            node(node).check("umount /mnt && wipefs -qa " + SPARE);
        }
    }

    @Test
    void deviceWithPartitions() {
        NodeInfo node = nodes.get(1);
        node(node).check("""
                perl -e 'open F, "+<", shift or die; seek F, 446, 0; print F pack("C8VV", 0, 0, 0, 0, 0x83, 0, 0, 0, 2048, 200000);
                  seek F, 510, 0; print F "\\x55\\xAA"' %1$s
                sync; blockdev --rereadpt %1$s
                """.formatted(SPARE));
        try {
            assertThat(refused(() -> addDevice(node, SPARE)))
                    .hasMessageContaining("on node " + host(node))
                    .hasMessageContaining("device is partitioned");
        } finally {
            node(node).check("wipefs -qa %1$s; blockdev --rereadpt %1$s".formatted(SPARE));
        }
    }

    @Test
    void powerCutInTheMiddle() throws InterruptedException {
        NodeInfo victim = nodes.get(2);
        Thread create = Thread.ofPlatform().start(() -> {
            try {
                VolumeInfo volume = client.createVolume(REPLICATED);
                System.out.println("created all the same: " + volume.id());
            } catch (RequestRefused e) {
                System.out.println("refused: " + e.getMessage());
            }
        });
        Thread.sleep(1_500);
        node(victim).kill();
        Thread.sleep(1_500);
        powerOn(victim);
        create.join();
        awaitNoOperations();
        assertAgree(volumes(), look());
    }

    @Test
    void volumeGroupThatIsFullerThanThought() {
        everywhere(
                "for vg in $(vgs --noheadings -o vg_name); do lvcreate -qq -y -Wn -l 100%FREE -n stowaway $vg; done");
        try {
            assertThat(refused(() -> client.createVolume(REPLICATED)))
                    .hasMessageContaining("on node ")
                    .hasMessageContaining("lvcreate")
                    .hasMessageContaining("insufficient free space");
        } finally {
            everywhere("for vg in $(vgs --noheadings -o vg_name); do lvremove -qq -y $vg/stowaway; done");
        }
    }

    @Test
    void noMkfs() {
        LabNode node = node(nodes.get(1));
        node.check("mv /usr/sbin/mkfs.xfs /usr/sbin/mkfs.xfs.away");
        try {
            assertThat(refused(() -> client.createVolume(REPLICATED)))
                    .hasMessageContaining("on node " + node.manage())
                    .hasMessageContaining("`mkfs.xfs")
                    .hasMessageContaining("ended with status 127");
        } finally {
            node.check("mv /usr/sbin/mkfs.xfs.away /usr/sbin/mkfs.xfs");
        }
    }

    @Test
    void keyThatTheNodeDoesNotKnow() throws IOException, InterruptedException {
        Path key = folder.resolve("stranger");
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(refusedFirstNode("stranger-server", lab().access(key, "root", false)))
                .contains("on node 127.0.1.1", "gluster", "could not be sent", "root");
    }

    @Test
    void hostKeyThatHasChanged() throws IOException, InterruptedException {
        Path key = folder.resolve("other-host");
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                        .start()
                        .waitFor())
                .isZero();
        String[] words = Files.readString(Path.of(key + ".pub")).split(" ");
        Path knownHosts = folder.resolve("changed-server").resolve("data").resolve("known_hosts");
        Files.createDirectories(knownHosts.getParent());
        Files.writeString(
                knownHosts, "[127.0.1.1]:%d %s %s%n".formatted(lab().lab().sshPort(), words[0], words[1]));
        assertThat(refusedFirstNode("changed-server", lab().access()))
                .contains("on node 127.0.1.1", "could not be sent", "host key", knownHosts.toString());
    }

    @Test
    void noSudo() {
        LabNode node = lab().node("127.0.1.1");
        for (LabNode.Sudo sudo : List.of(LabNode.Sudo.DENIED, LabNode.Sudo.MISSING)) {
            node.sudo(sudo);
            try {
                assertThat(refusedFirstNode(
                                "sudo-" + sudo, lab().access(lab().lab().sshKey(), "brick", true)))
                        .contains("on node 127.0.1.1", "ended with status", "sudo");
            } finally {
                node.sudo(LabNode.Sudo.GRANTED);
            }
        }
    }

    /** Why another server, without any nodes so far, refuses the lab's first. The words for people are Heketi's, so the reason is told beside them. */
    private String refusedFirstNode(String name, Stand.Access access) {
        try (ServerProcess other = ServerProcess.start(folder.resolve(name), access)) {
            BricklayerClient asking = clientOf(other);
            String cluster =
                    asking.createCluster(new ClusterCreateRequest(true, true)).id();
            Hostnames names = new Hostnames(List.of("127.0.1.1"), List.of("10.77.0.1"));
            RequestRefused refused = refused(() -> asking.addNode(new NodeAddRequest(1, names, cluster, Map.of())));
            String cause = refused.problem().orElseThrow().cause();
            System.out.println("because: " + cause);
            return cause;
        }
    }

    private void everywhere(String script) {
        lab().lab().nodes().forEach(node -> node.check(script));
    }
}
