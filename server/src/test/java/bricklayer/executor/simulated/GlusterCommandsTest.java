package bricklayer.executor.simulated;

import static bricklayer.executor.simulated.Lab.N1;
import static bricklayer.executor.simulated.Lab.N2;
import static bricklayer.executor.simulated.Lab.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.gluster.Peer;
import bricklayer.gluster.VolumeInfo;
import bricklayer.gluster.VolumeType;
import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts are those of GlusterFS 10.3. */
class GlusterCommandsTest {

    private static final HostName STRANGER = new HostName("stranger");

    private final Lab lab = new Lab().withPool();

    private Command create(String name, VolumeType type, List<String> bricks) {
        return lab.gluster.createVolume(name, type, bricks);
    }

    private String refusal(Command command) {
        return lab.refused(N1, 1, command).err().strip();
    }

    private VolumeInfo info(String name) {
        return lab.ask(N1, lab.gluster.volumeInfo(name)).orElseThrow();
    }

    // peers

    @Test
    void aPoolKnowsItsMembersAndTheAnsweringNodeCallsItselfLocalhost() {
        lab.nodes.stopGlusterd(N3);

        assertThat(lab.ask(N2, lab.gluster.poolList()).stream().map(GlusterCommandsTest::nameAndState))
                .containsExactly("n1 true", "n3 false", "localhost true");
        assertThat(lab.ask(STRANGER, lab.gluster.poolList()).stream().map(Peer::hostname))
                .containsExactly("localhost");
    }

    private static String nameAndState(Peer peer) {
        return peer.hostname() + " " + peer.connected();
    }

    @Test
    void aNodeIsProbedByItsStorageName() {
        lab.nodes.nameNode(new HostName("manage4"), "10.0.0.4");

        lab.run(N1, lab.gluster.peerProbe("10.0.0.4"), lab.gluster.peerProbe("10.0.0.4"), lab.gluster.peerProbe("n1"));

        assertThat(lab.ask(new HostName("manage4"), lab.gluster.poolList())).hasSize(4);
        assertThat(lab.ask(N1, lab.gluster.poolList()).stream().map(Peer::hostname))
                .containsOnlyOnce("10.0.0.4");
    }

    @Test
    void refusesToProbeANodeThatIsDownOrInAnotherPool() {
        lab.nodes.cutPower(STRANGER);
        assertThat(refusal(lab.gluster.peerProbe("stranger")))
                .isEqualTo("peer probe: failed: Probe returned with Transport endpoint is not connected");

        lab.nodes.returnPower(STRANGER);
        lab.run(STRANGER, lab.gluster.peerProbe("friend"));
        assertThat(refusal(lab.gluster.peerProbe("stranger"))).contains("already part of another cluster");
    }

    @Test
    void aNodeWithBricksCannotBeDetached() {
        lab.addVolume("v1");

        assertThat(refusal(lab.gluster.peerDetach("n2")))
                .startsWith("peer detach: failed: Peer n2 hosts one or more bricks.");
        assertThat(refusal(lab.gluster.peerDetach("stranger")))
                .isEqualTo("peer detach: failed: stranger is not part of cluster");
    }

    @Test
    void aDetachedNodeIsAloneAndCanComeBack() {
        lab.run(N1, lab.gluster.peerDetach("n3"));
        assertThat(lab.ask(N1, lab.gluster.poolList())).hasSize(2);
        assertThat(lab.ask(N3, lab.gluster.poolList())).hasSize(1);

        lab.run(N1, lab.gluster.peerProbe("n3"));
        assertThat(lab.ask(N3, lab.gluster.poolList())).hasSize(3);
    }

    @Test
    void withoutGlusterdNothingWorks() {
        lab.nodes.stopGlusterd(N1);

        assertThat(refusal(lab.gluster.start("v1")))
                .isEqualTo("Connection failed. Please check if gluster daemon is operational.");
        assertThatThrownBy(() -> lab.ask(N1, lab.gluster.isRunning())).isInstanceOf(HostFailure.class);

        lab.nodes.startGlusterd(N1);
        assertThat(lab.ask(N1, lab.gluster.isRunning())).isTrue();
    }

    // volume create

    @Test
    void makesVolumesOfEachType() {
        lab.run(
                N1,
                create("replica", VolumeType.replica(3), lab.addBricks("a")),
                create("arbiter", VolumeType.arbiter(), lab.addBricks("b")),
                create("disperse", VolumeType.disperse(2, 1), lab.addBricks("c")),
                create("spread", VolumeType.distribute(), lab.addBricks("d")));

        assertThat(lab.ask(N3, lab.gluster.volumes())).containsExactly("arbiter", "disperse", "replica", "spread");
        assertThat(info("replica").status()).isEqualTo("Created");
        assertThat(info("replica").options()).containsEntry("cluster.granular-entry-heal", "on");
        String xml =
                ((Exited) lab.executor.ask(N1, lab.gluster.volumeInfo("arbiter").command())).out();
        assertThat(xml)
                .contains("<arbiterCount>1</arbiterCount>", "<typeStr>Replicate</typeStr>")
                .containsOnlyOnce("<isArbiter>1</isArbiter>");
    }

    @Test
    void refusesWrongNumbersOfBricks() {
        List<String> bricks = lab.addBricks("a");

        assertThat(refusal(create("v1", VolumeType.replica(3), bricks.subList(0, 2))))
                .endsWith("number of bricks is not a multiple of replica count");
        assertThat(refusal(create("v1", VolumeType.disperse(4, 2), bricks)))
                .endsWith("number of bricks is not a multiple of disperse count");
        assertThat(lab.ask(N1, lab.gluster.volumeInfo("v1"))).isEmpty();
    }

    @Test
    void refusesANameThatExists() {
        lab.addVolume("v1");

        assertThat(refusal(create("v1", VolumeType.replica(3), lab.addBricks("b"))))
                .isEqualTo("volume create: v1: failed: Volume v1 already exists");
    }

    @Test
    void refusesBricksThatAreWereOrHoldOthers() {
        List<String> bricks = lab.addBricks("v1");
        lab.run(N1, create("v1", VolumeType.replica(3), bricks));

        assertThat(refusal(create("v2", VolumeType.replica(3), bricks)))
                .isEqualTo("volume create: v2: failed: Brick: n1:" + Lab.brickPath("v1")
                        + " not available. Brick may be containing or be contained by an existing brick.");
        List<String> inside = bricks.stream().map(brick -> brick + "/x").toList();
        assertThat(refusal(create("v2", VolumeType.replica(3), inside))).contains("not available");
        List<String> above = List.of("n1:" + Lab.mountPoint("v1"));
        assertThat(refusal(create("v2", VolumeType.distribute(), above))).contains("not available");

        lab.run(N1, lab.gluster.delete("v1"));
        assertThat(refusal(create("v2", VolumeType.replica(3), bricks)))
                .isEqualTo("volume create: v2: failed: " + Lab.brickPath("v1") + " is already part of a volume");
    }

    @Test
    void refusesDirectoriesThatAreMissingOrNotOnAFileSystemOfTheirOwn() {
        List<String> bricks = lab.addBricks("a");
        assertThat(refusal(create("v1", VolumeType.distribute(), List.of("n1:/bad/b"))))
                .isEqualTo("volume create: v1: failed: Failed to create brick directory for brick n1:/bad/b."
                        + " Reason : No such file or directory");
        assertThat(refusal(create("v1", VolumeType.distribute(), List.of("n1:" + Lab.mountPoint("a")))))
                .contains("is a mount point");

        lab.run(N2, lab.mounts.unmount(Lab.mountPoint("a")));
        assertThat(refusal(create("v1", VolumeType.replica(3), bricks)))
                .contains("n2:" + Lab.brickPath("a") + " is being created in the root partition");
    }

    @Test
    void refusesNodesThatAreDownOrStrangersAndSetsOnOneServer() {
        List<String> bricks = lab.addBricks("a");
        assertThat(refusal(create("v1", VolumeType.distribute(), List.of("stranger:/x/y"))))
                .isEqualTo("volume create: v1: failed: Host stranger is not in 'Peer in Cluster' state");
        lab.addBrick(N1, "b");
        assertThat(refusal(create("v1", VolumeType.replica(2), List.of(bricks.get(0), "n1:" + Lab.brickPath("b")))))
                .contains("present on the same server");

        lab.nodes.cutPower(N3);
        assertThat(refusal(create("v1", VolumeType.replica(3), bricks)))
                .isEqualTo("volume create: v1: failed: Host n3 not connected");
    }

    // add-brick

    @Test
    void growsByWholeSets() {
        lab.addVolume("v1");
        List<String> more = lab.addBricks("more");

        assertThat(refusal(lab.gluster.addBricks("v1", more.subList(0, 1))))
                .isEqualTo("volume add-brick: failed: Incorrect number of bricks supplied 1 with count 3");
        assertThat(refusal(lab.gluster.rebalanceStart("v1"))).contains("not a distribute volume");
        lab.run(N2, lab.gluster.addBricks("v1", more), lab.gluster.rebalanceStart("v1"));

        assertThat(info("v1").brickNames()).hasSize(6).endsWith(more.get(2));
        assertThat(refusal(lab.gluster.addBricks("v1", more))).contains("not available");
        assertThat(refusal(lab.gluster.addBricks("nope", more)))
                .isEqualTo("volume add-brick: failed: Volume nope does not exist");
    }

    @Test
    void doesNotGrowOverAMissingDirectoryOrADeadNode() {
        lab.addVolume("v1");
        List<String> bricks = new ArrayList<>(lab.addBricks("more"));
        lab.run(N2, lab.mounts.unmount(Lab.mountPoint("more")));
        assertThat(refusal(lab.gluster.addBricks("v1", bricks))).contains("root partition");
        lab.run(N2, lab.mounts.rmdir(Lab.mountPoint("more")));
        assertThat(refusal(lab.gluster.addBricks("v1", bricks))).contains("Failed to create brick directory");

        lab.nodes.disconnect(N2);
        assertThat(refusal(lab.gluster.addBricks("v1", bricks)))
                .isEqualTo("volume add-brick: failed: Host n2 not connected");
        assertThat(info("v1").brickNames()).hasSize(3);
    }

    // start, stop, delete

    @Test
    void startsOnceAndStopsOnceUnlessForced() {
        lab.run(N1, create("v1", VolumeType.replica(3), lab.addBricks("v1")));
        String stop = "gluster";
        assertThat(lab.refused(N1, 1, stop, "--mode=script", "volume", "stop", "v1")
                        .err())
                .isEqualTo("volume stop: v1: failed: Volume v1 is not in the started state\n");

        lab.run(N1, lab.gluster.start("v1"));
        assertThat(refusal(lab.gluster.start("v1"))).isEqualTo("volume start: v1: failed: Volume v1 already started");

        lab.run(N1, lab.gluster.stop("v1"), lab.gluster.stop("v1"));
        assertThat(info("v1").status()).isEqualTo("Stopped");
        assertThat(refusal(lab.gluster.start("nope")))
                .isEqualTo("volume start: nope: failed: Volume nope does not exist");
        assertThat(refusal(lab.gluster.stop("nope")))
                .isEqualTo("volume stop: nope: failed: Volume nope does not exist");
    }

    @Test
    void doesNotStartWithoutItsBrickDirectories() {
        lab.run(N1, create("v1", VolumeType.replica(3), lab.addBricks("v1")));
        lab.run(N2, lab.mounts.unmount(Lab.mountPoint("v1")));

        assertThat(refusal(lab.gluster.start("v1")))
                .isEqualTo("volume start: v1: failed: Failed to find brick directory " + Lab.brickPath("v1")
                        + " for volume v1. Reason : No such file or directory");
    }

    @Test
    void aStartedVolumeKeepsItsBricksBusy() {
        lab.addVolume("v1");

        assertThat(lab.refused(N2, 32, lab.mounts.unmount(Lab.mountPoint("v1"))).err())
                .isEqualTo("umount: " + Lab.mountPoint("v1") + ": target is busy.\n");

        lab.run(N1, lab.gluster.stop("v1"));
        lab.run(N2, lab.mounts.unmount(Lab.mountPoint("v1")));
    }

    @Test
    void refusesToDeleteAVolumeThatIsStartedMissingOrHasADeadPeer() {
        lab.addVolume("v1");
        assertThat(refusal(lab.gluster.delete("v1")))
                .isEqualTo("volume delete: v1: failed: Volume v1 has been started."
                        + "Volume needs to be stopped before deletion.");
        assertThat(refusal(lab.gluster.delete("nope")))
                .isEqualTo("volume delete: nope: failed: Volume nope does not exist");
        lab.nodes.cutPower(N3);
        lab.run(N1, lab.gluster.stop("v1"));

        assertThat(refusal(lab.gluster.delete("v1")))
                .isEqualTo("volume delete: v1: failed: Some of the peers are down");

        lab.nodes.returnPower(N3);
        lab.run(N1, lab.gluster.delete("v1"));
        assertThat(lab.ask(N3, lab.gluster.volumes())).isEmpty();
    }

    @Test
    void refusesToDeleteAVolumeWithSnapshots() {
        lab.addVolume("v1");
        assertThat(lab.ask(N1, lab.gluster.snapshots("v1"))).isEmpty();
        assertThat(lab.ask(N1, lab.gluster.snapshots("nope"))).isEmpty();
        lab.run(N1, lab.gluster.createSnapshot("s1", "v1"));
        assertThat(lab.ask(N2, lab.gluster.snapshots("v1"))).containsExactly("s1");
        lab.run(N1, lab.gluster.stop("v1"));

        assertThat(refusal(lab.gluster.delete("v1")))
                .startsWith("volume delete: v1: failed: Cannot delete Volume v1 ,as it has 1 snapshots.");

        lab.run(N1, lab.gluster.deleteSnapshot("s1"));
        lab.run(N1, lab.gluster.delete("v1"));
    }

    // snapshots and clones

    @Test
    void aCloneLiesInItsOriginsPoolsAndStaysWhenItIsDeleted() {
        lab.addVolume("v1");
        lab.run(N1, lab.gluster.createSnapshot("s1", "v1"), lab.gluster.activateSnapshot("s1"));
        lab.run(N1, lab.gluster.cloneSnapshot("c1", "s1"));
        assertThat(refusal(lab.gluster.setOption("c1", "user.note", "x")))
                .startsWith("volume set: failed: Commit failed on localhost.");
        lab.run(N1, lab.gluster.start("c1"), lab.gluster.setOption("c1", "user.note", "x"));
        lab.run(N1, lab.gluster.deleteSnapshot("s1"));

        VolumeInfo clone = info("c1");
        String hex = clone.id().replace("-", "");
        String folder = "/run/gluster/snaps/" + hex;
        assertThat(clone.brickNames())
                .containsExactly(
                        "n1:" + folder + "/brick1/brick",
                        "n2:" + folder + "/brick2/brick",
                        "n3:" + folder + "/brick3/brick");
        assertThat(lab.ask(N2, lab.mounts.deviceAt(folder + "/brick2"))).contains("/dev/mapper/vg_1-" + hex + "_0");
        assertThat(logicalVolumes(N2)).containsExactly("brick_v1", hex + "_0", "tp_v1");

        lab.run(N1, lab.gluster.stop("c1"), lab.gluster.delete("c1"));
        assertThat(lab.ask(N2, lab.mounts.mounted(folder + "/brick2"))).isTrue();
        assertThat(logicalVolumes(N2)).contains(hex + "_0");
    }

    private List<String> logicalVolumes(HostName host) {
        return lab.nodes
                .picture(host)
                .lines()
                .filter(line -> line.startsWith("lv vg_1/"))
                .map(line -> line.substring(line.indexOf('/') + 1, line.indexOf(' ', line.indexOf('/'))))
                .sorted()
                .toList();
    }

    @Test
    void refusesWhatGlusterRefusesOfSnapshots() {
        lab.run(N1, lab.gluster.createVolume("v1", VolumeType.replica(3), lab.addBricks("v1")));
        assertThat(refusal(lab.gluster.createSnapshot("s1", "v1")))
                .isEqualTo("snapshot create: failed: volume v1 is not started");
        lab.run(N1, lab.gluster.start("v1"), lab.gluster.createSnapshot("s1", "v1"));
        assertThat(refusal(lab.gluster.createSnapshot("s1", "v1")))
                .isEqualTo("snapshot create: failed: Snapshot s1 already exists");
        assertThat(refusal(lab.gluster.cloneSnapshot("c1", "s1")))
                .isEqualTo("snapshot clone: failed: Snapshot s1 is not activated");
        assertThat(refusal(lab.gluster.deactivateSnapshot("s1")))
                .isEqualTo("snapshot deactivate: failed: Snapshot s1 is already deactivated.");
        lab.run(N1, lab.gluster.activateSnapshot("s1"));
        assertThat(refusal(lab.gluster.activateSnapshot("s1")))
                .isEqualTo("snapshot activate: failed: Snapshot s1 is already activated.");
        assertThat(refusal(lab.gluster.cloneSnapshot("v1", "s1")))
                .isEqualTo("snapshot clone: failed: Volume with name:v1 already exists");
        assertThat(refusal(lab.gluster.cloneSnapshot("c1", "nope")))
                .isEqualTo("snapshot clone: failed: Failed to find :nope snap");
        lab.nodes.cutPower(N3);
        assertThat(refusal(lab.gluster.cloneSnapshot("c1", "s1")))
                .isEqualTo("snapshot clone: failed: One or more bricks may be down.");
        assertThat(refusal(lab.gluster.createSnapshot("s2", "v1")))
                .isEqualTo("snapshot create: failed: One or more bricks may be down.");
        assertThat(refusal(lab.gluster.deleteSnapshot("nope")))
                .isEqualTo("snapshot delete: failed: Snapshot (nope) does not exist");
    }

    @Test
    void aSnapshotThatIsDeletedWhileANodeIsAwayComesBackWithIt() {
        lab.addVolume("v1");
        lab.run(N1, lab.gluster.createSnapshot("s1", "v1"));
        lab.nodes.cutPower(N3);
        lab.run(N1, lab.gluster.deleteSnapshot("s1"));
        assertThat(lab.ask(N1, lab.gluster.snapshot("s1"))).isEmpty();
        assertThat(lab.ask(N1, lab.gluster.snapshots("v1"))).isEmpty();

        lab.nodes.returnPower(N3);
        assertThat(lab.ask(N1, lab.gluster.snapshot("s1"))).isPresent();
        assertThat(lab.ask(N3, lab.gluster.snapshots("v1"))).containsExactly("s1");

        lab.run(N1, lab.gluster.deleteSnapshot("s1"));
        assertThat(logicalVolumes(N3)).containsExactly("brick_v1", "tp_v1");
    }

    @Test
    void aNodeMountsTheBricksOfClonesWhenItBoots() {
        lab.addVolume("v1");
        lab.run(N1, lab.gluster.createSnapshot("s1", "v1"), lab.gluster.activateSnapshot("s1"));
        lab.run(N1, lab.gluster.cloneSnapshot("c1", "s1"), lab.gluster.deleteSnapshot("s1"));
        String before = lab.nodes.picture(N2);

        lab.nodes.cutPower(N2);
        lab.nodes.returnPower(N2);

        assertThat(lab.nodes.picture(N2)).isEqualTo(before).contains("mount /run/gluster/snaps/");
    }

    // options

    @Test
    void keepsOptionsThatGlusterKnows() {
        lab.addVolume("v1");

        lab.run(
                N1,
                lab.gluster.setOption("v1", "user.heketi.id", "abc"),
                lab.gluster.setOption("v1", "auth.allow", "10.0.0.1,<x>&"),
                lab.gluster.setOption("v1", "group", "virt"));

        assertThat(info("v1").options())
                .containsEntry("user.heketi.id", "abc")
                .containsEntry("auth.allow", "10.0.0.1,<x>&")
                .containsEntry("features.shard", "on");
        assertThat(refusal(lab.gluster.setOption("v1", "no.such.option", "5")))
                .isEqualTo("volume set: failed: option : no.such.option does not exist");
        assertThat(refusal(lab.gluster.setOption("v1", "group", "none")))
                .isEqualTo("volume set: failed: Unable to open file '/var/lib/glusterd/groups/none'.");
    }

    @Test
    void inXmlAFailureEndsWithStatusZero() {
        Exited exited =
                (Exited) lab.executor.ask(N1, lab.gluster.volumeInfo("nope").command());

        assertThat(exited.status()).isZero();
        assertThat(exited.out())
                .contains(
                        "<opRet>-1</opRet>", "<opErrno>30806</opErrno>", "<opErrstr>Volume does not exist</opErrstr>");
    }
}
