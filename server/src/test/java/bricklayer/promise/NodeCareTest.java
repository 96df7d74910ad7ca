package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.DoctorReport;
import bricklayer.api.Durability;
import bricklayer.api.RebootCheck;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.care.Doctor;
import bricklayer.care.RebootChecker;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.operation.SequentialThreads;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked about nodes before somebody touches them, on simulated nodes. */
class NodeCareTest {

    private final StorageWorld world = new StorageWorld(4, ignored -> {});
    private final Hosts hosts = new Hosts(world.executor);
    private final RebootChecker reboots = new RebootChecker(hosts, new Gluster(GlusterSettings.DEFAULTS));
    private final Doctor doctor =
            new Doctor(hosts, new SequentialThreads(), InstantSource.fixed(Instant.EPOCH), "/etc/fstab", 6);

    private void volume(Durability durability) {
        world.prepared(
                (rows, attempt) -> world.volumePlans.create(rows, VolumeCreateRequest.of(10, durability), attempt));
    }

    private List<Node> nodes() {
        return Inventory.nodes(world.rows(), world.cluster);
    }

    private List<Brick> bricks() {
        return java.util.stream.StreamSupport.stream(
                        world.rows().all(Brick.TABLE).spliterator(), false)
                .toList();
    }

    private Node nodeOf(Brick brick) {
        return world.rows().get(Node.TABLE, brick.node()).orElseThrow();
    }

    private RebootCheck check(Node node) {
        return reboots.check(world.rows(), node);
    }

    @Test
    void aNodeOfASoundReplicaCanBeRestarted() {
        volume(Durability.replicate(3));

        for (Node node : nodes()) {
            RebootCheck check = check(node);
            assertThat(check.reasons()).isEmpty();
            assertThat(check.safe()).isTrue();
            assertThat(check.volumes())
                    .isEqualTo(bricks().stream().anyMatch(brick -> brick.node().equals(node.id())) ? 1 : 0);
        }
    }

    @Test
    void notWhenAnotherBrickOfTheSetIsDown() {
        volume(Durability.replicate(3));
        Node down = nodeOf(bricks().getFirst());
        world.executor.nodes().cutPower(down.host());

        RebootCheck check = check(nodeOf(bricks().getLast()));

        assertThat(check.safe()).isFalse();
        assertThat(check.reasons())
                .anySatisfy(reason ->
                        assertThat(reason.why()).contains("1 of the bricks").contains("2 are needed"));
        nodes().stream()
                .filter(node ->
                        bricks().stream().noneMatch(brick -> brick.node().equals(node.id())))
                .forEach(spare -> assertThat(check(spare).safe()).isTrue());
    }

    @Test
    void notWhenSomethingIsStillToBeHealed() {
        volume(Durability.replicate(3));
        Brick source = bricks().getFirst();
        String name = nodeOf(source).storageHosts().getFirst() + ":" + source.path();
        world.executor.nodes().toHeal(name, 12);

        RebootCheck check = check(nodeOf(bricks().getLast()));

        assertThat(check.reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.why()).contains(name + " still has 12 entries"));
    }

    @Test
    void notWhenThereIsNoSecondCopy() {
        volume(Durability.none());

        assertThat(check(nodeOf(bricks().getFirst())).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.why()).contains("no second copy"));
    }

    @Test
    void notWhenNobodyCanTell() {
        volume(Durability.replicate(3));
        nodes().forEach(node -> world.executor.nodes().cutPower(node.host()));

        assertThat(check(nodes().getFirst()).safe()).isFalse();
    }

    @Test
    void theDoctorTellsOfEachNodeAndLetsNoneHideAnother() {
        volume(Durability.replicate(3));
        assertThat(doctor.examine(nodes()).nodes())
                .hasSize(4)
                .allSatisfy(node -> assertThat(node.findings()).isEmpty());
        Node unreachable = nodes().getFirst();
        Node withoutGlusterd = nodes().getLast();
        world.executor.nodes().disconnect(unreachable.host());
        world.executor.nodes().stopGlusterd(withoutGlusterd.host());

        for (DoctorReport.Node node : doctor.examine(nodes()).nodes()) {
            if (node.id().equals(unreachable.id().value())) {
                assertThat(node.findings())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.check()).isEqualTo("reach"));
            } else if (node.id().equals(withoutGlusterd.id().value())) {
                assertThat(node.findings())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.check()).isEqualTo("glusterd"));
            } else {
                assertThat(node.findings()).isEmpty();
            }
        }
    }

    @Test
    void aHostIsLookedAtBeforeItIsAdded() {
        HostName fresh = new HostName("node9");
        world.executor.nodes().nameNode(fresh, "10.0.0.9");
        world.executor.nodes().foreignSignature(fresh, "/dev/vdb", "ext4");

        DoctorReport report = doctor.examine(fresh);

        assertThat(report.nodes().getFirst().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo("note");
            assertThat(finding.what()).contains("/dev/vdb").contains("ext4");
        });
    }

    @Test
    void bricksOfANodeThatIsReplacedGoToItsSuccessorWhereTheyCan() {
        StorageWorld larger = new StorageWorld(6, ignored -> {});
        for (int n = 0; n < 8; n++) {
            larger.prepared((rows, attempt) ->
                    larger.volumePlans.create(rows, VolumeCreateRequest.of(10, Durability.replicate(3)), attempt));
        }
        List<Brick> before = all(larger);
        Node old = larger.rows().get(Node.TABLE, before.getFirst().node()).orElseThrow();
        Node successor = Inventory.nodes(larger.rows(), larger.cluster).stream()
                .filter(node -> !node.id().equals(old.id()))
                .findFirst()
                .orElseThrow();

        larger.prepared(
                (rows, attempt) -> larger.nodePlans.setState(rows, old.id(), State.OFFLINE, true),
                (rows, attempt) ->
                        larger.nodePlans.setState(rows, old.id(), State.FAILED, true, Optional.of(successor.id())));

        List<Brick> moved = new ArrayList<>(all(larger));
        moved.removeAll(before);
        assertThat(moved).isNotEmpty();
        List<Brick> elsewhere = moved.stream()
                .filter(brick -> !brick.node().equals(successor.id()))
                .toList();
        assertThat(elsewhere.size()).as("not all can: %s", moved).isLessThan(moved.size());
        assertThat(elsewhere)
                .allSatisfy(brick -> assertThat(Inventory.bricksOf(larger.rows(), brick.volume()))
                        .as("another copy was there already")
                        .anyMatch(other -> other.node().equals(successor.id())));
    }

    @Test
    void aSuccessorIsAnotherNodeOfTheCluster() {
        Node node = nodes().getFirst();

        assertThatThrownBy(() ->
                        world.nodePlans.setState(world.rows(), node.id(), State.FAILED, true, Optional.of(node.id())))
                .hasMessageContaining("is no other node of the cluster");
    }

    private static List<Brick> all(StorageWorld world) {
        return java.util.stream.StreamSupport.stream(
                        world.rows().all(Brick.TABLE).spliterator(), false)
                .toList();
    }
}
