package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.executor.simulated.CommandFaults;
import bricklayer.executor.simulated.CommandFaults.Fault;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of operations while a node is away or somebody else was there first, and what their callers hear of it. That they survive every fault at every place is for {@link FaultMatrixTest}. */
class LostReplyTest {

    private static final VolumeCreateRequest REPLICA =
            VolumeCreateRequest.of(10, Durability.replicate(3)).named("r3");

    private static final Map<String, Fault> FAULTS = new LinkedHashMap<>(Map.of(
            "refused", new Fault.Ends(new Exited(1, "", "refused by the test")),
            "not sent", new Fault.NotSent("cut off by the test"),
            "lost before", new Fault.LostBefore("lost by the test"),
            "lost after", new Fault.LostAfter("lost by the test"),
            "lost halfway", new Fault.LostHalfway("killed half way by the test"),
            "straggling", new Fault.Straggles("left running by the test")));

    private static StorageWorld withVolume() {
        StorageWorld world = new StorageWorld(4, _ -> {});
        return world.prepared((rows, attempt) -> world.volumePlans.create(rows, REPLICA, attempt));
    }

    private static VolumeId only(StorageWorld world) {
        return world.rows().all(Volume.TABLE).iterator().next().id();
    }

    private static StorageWorld withClone() {
        StorageWorld world = withVolume();
        return world.prepared(cloneOf(world));
    }

    private static Planner cloneOf(StorageWorld world) {
        VolumeId id = world.named("r3").id();
        return (rows, attempt) -> world.clonePlans.clone(rows, id, "copy");
    }

    /** Gluster then brings the snapshot back, for all nodes, when the one that was away returns. */
    @Test
    void noSnapshotIsLeftByACloneDuringWhichANodeIsAway() {
        HostName away = new HostName("node2");
        for (String until : List.of("activate", "clone", "start", "deactivate", "delete")) {
            StorageWorld world = withVolume();
            // the node dies when the command is about to be given
            world.executor.setFaults((host, guard, command) -> {
                if (command.argv().contains("snapshot") || command.argv().contains("start")) {
                    if (command.argv().contains(until)) {
                        world.executor.nodes().cutPower(away);
                    }
                }
                return Fault.NONE;
            });
            world.submit(cloneOf(world));
            world.executor.setFaults(CommandFaults.NONE);
            world.recoverOnce();
            assertThat(Operation.open(world.rows()))
                    .as("open while away from " + until)
                    .hasSize(1);

            world.executor.nodes().returnPower(away);
            world.recover();
            world.check();
        }
    }

    @Test
    void aNameThatAForeignVolumeHasIsNotTakenForTheClone() {
        StorageWorld world = withClone();
        world.forget("copy");
        var operation = world.submit(cloneOf(world)).orElseThrow();
        assertThat(operation.error().orElseThrow()).contains("Volume with name:copy already exists");
        world.mustBeAsBefore();
    }

    /** Made by hand, say. It is neither taken over nor stopped nor deleted, whenever the server dies. */
    @Test
    void aGlusterVolumeOfSomebodyElseWithTheNameIsLeftAlone() {
        for (int dies = 0; dies < 2; dies++) {
            StorageWorld world = withVolume();
            world.forget("r3");
            if (dies == 1) {
                world.boot(point -> {
                    if (point.toString().startsWith("create-volume/gluster/")) {
                        throw new bricklayer.fault.Crash(point);
                    }
                });
            }
            try {
                Operation refused = world.submit((rows, attempt) -> world.volumePlans.create(rows, REPLICA, attempt))
                        .orElseThrow();
                assertThat(refused.error().orElseThrow()).contains("already exists");
            } catch (bricklayer.fault.Crash expected) {
                world.boot(bricklayer.fault.Faults.NONE);
                world.recover();
            }
            world.mustBeAsBefore();
        }
    }

    @Test
    void aBrickLeavesADeadNodeAndIsRemovedThereWhenItIsBack() {
        StorageWorld world = withVolume();
        Brick brick = world.rows().all(Brick.TABLE).iterator().next();
        Node node = world.rows().get(Node.TABLE, brick.node()).orElseThrow();
        world.submit((rows, attempt) -> world.nodePlans.setState(rows, node.id(), State.OFFLINE, true));
        world.executor.nodes().cutPower(node.host());
        Operation removal = world.submit(
                        (rows, attempt) -> world.nodePlans.setState(rows, node.id(), State.FAILED, true))
                .orElseThrow();
        assertThat(removal.error()).isEmpty();
        assertThat(removal.state()).isEqualTo(OperationState.DONE);
        assertThat(Inventory.bricksOf(world.rows(), brick.volume()))
                .hasSize(3)
                .noneMatch(member -> member.node().equals(node.id()));
        assertThat(Operation.open(world.rows()))
                .allSatisfy(open -> assertThat(open.kind()).isEqualTo("discard-brick"))
                .isNotEmpty();
        world.executor.nodes().returnPower(node.host());
        world.recover();
        world.check();
        assertThat(world.rows().get(Brick.TABLE, brick.id())).isEmpty();
    }

    @Test
    void aBrickThatHoldsWhatOthersLackIsNotMoved() {
        StorageWorld world = withVolume();
        Brick brick = world.rows().all(Brick.TABLE).iterator().next();
        Node node = world.rows().get(Node.TABLE, brick.node()).orElseThrow();
        String name = node.storageHost() + ":" + brick.path();
        world.executor.nodes().toHeal(name, 3);
        Operation refused = world.submit((rows, attempt) -> world.evictionPlans.evict(rows, brick.id(), true, attempt))
                .orElseThrow();
        assertThat(refused.error())
                .contains("Cannot replace brick " + brick.id() + " as it is source brick for data to be healed");
        world.check();
        world.mustBeAsBefore();
        Operation forced = world.submit((rows, attempt) -> world.evictionPlans.evict(rows, brick.id(), false, attempt))
                .orElseThrow();
        assertThat(forced.state()).isEqualTo(OperationState.DONE);
        world.check();
    }

    @Test
    void aCreateThatFailsOnOneNodeIsMadeOnOthers() {
        StorageWorld world = new StorageWorld(4, _ -> {});
        world.executor.nodes().cutPower(new HostName("node1"));
        for (int i = 0; i < 8; i++) {
            world.submit((rows, attempt) -> world.volumePlans.create(
                            rows, VolumeCreateRequest.of(10, Durability.replicate(3)), attempt))
                    .ifPresent(op -> assertThat(op.error()).isEmpty());
        }
        world.executor.nodes().returnPower(new HostName("node1"));
        world.recover();
        world.check();
    }

    @Test
    void aNodeThatDiesInTheMiddleHoldsItsOperationOnlyUntilItIsBack() {
        StorageWorld world = withVolume();
        VolumeId id = only(world);
        world.executor.nodes().cutPower(new HostName("node2"));
        world.submit((rows, attempt) -> world.volumePlans.delete(rows, id));
        world.executor.nodes().returnPower(new HostName("node2"));
        world.recover();
        world.check();
    }

    @Test
    void aDeleteThatGlusterRefusesLeavesTheVolumeStarted() {
        StorageWorld world = withVolume();
        VolumeId id = only(world);
        world.executor.setFaults((host, guard, command) -> command.argv().contains("delete")
                ? new Fault.Ends(new Exited(1, "", "volume delete: r3: failed: it has snapshots"))
                : Fault.NONE);
        var operation = world.submit((rows, attempt) -> world.volumePlans.delete(rows, id))
                .orElseThrow();
        assertThat(operation.error().orElseThrow()).contains("delete-volume", "it has snapshots");
        world.executor.setFaults(CommandFaults.NONE);
        world.check();
        world.mustBeAsBefore();
        assertThat(world.rows().get(Volume.TABLE, id)).isPresent();
    }

    private static Planner createBlock(StorageWorld world) {
        BlockVolumeCreateRequest request = new BlockVolumeCreateRequest(10, List.of(), "block", 0, true);
        return (rows, attempt) -> world.blockPlans.create(rows, request, world.answering(), attempt);
    }

    private static StorageWorld withBlock() {
        StorageWorld world = new StorageWorld(3, _ -> {});
        return world.prepared(createBlock(world));
    }

    private static Planner expandBlock(StorageWorld world, int sizeGiB) {
        BlockVolumeId id = world.onlyBlock().id();
        return (rows, attempt) -> world.blockPlans.expand(rows, id, sizeGiB, world.answering());
    }

    /** Killed half way, the file has grown and no host has followed: the records must say that, and asking again makes up for it. */
    @Test
    void expandingABlockVolumeSurvivesWhateverHappensToItsCommand() {
        for (Map.Entry<String, Fault> fault : FAULTS.entrySet()) {
            StorageWorld world = withBlock();
            world.executor.setFaults((host, guard, command) -> fault.getValue());
            world.submit(expandBlock(world, 20));
            world.recover();
            world.check();
            BlockVolume after = world.onlyBlock();
            if (after.usableGiB() < 20) {
                world.submit(expandBlock(world, 20));
                world.check();
            }
            assertThat(world.onlyBlock().usableGiB()).as(fault.getKey()).isEqualTo(20);
        }
    }

    @Test
    void aResizeThatSomeHostsDoNotFollowIsToldAndMadeUpForLater() {
        StorageWorld world = withBlock();
        var node = new bricklayer.host.HostName("node2");
        world.executor.nodes().failBlockResizes(node, true);

        var short1 = world.submit(expandBlock(world, 20)).orElseThrow();
        assertThat(short1.state()).isEqualTo(OperationState.FELL_SHORT);
        assertThat(short1.error().orElseThrow()).contains("block has 20 GiB now", "only 10 GiB are usable");
        assertThat(world.onlyBlock().sizeGiB()).isEqualTo(20);
        assertThat(world.onlyBlock().usableGiB()).isEqualTo(10);

        assertThat(world.submit(expandBlock(world, 20)).orElseThrow().state()).isEqualTo(OperationState.FELL_SHORT);
        world.executor.nodes().failBlockResizes(node, false);
        assertThat(world.submit(expandBlock(world, 20)).orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(world.onlyBlock().usableGiB()).isEqualTo(20);
        world.check();
    }

    @Test
    void aBlockVolumeOfSomebodyElseWithTheSameNameIsLeftAlone() {
        StorageWorld world = withBlock();
        String hosting = world.rows().all(Volume.TABLE).iterator().next().name();
        bricklayer.glusterblock.GlusterBlock tool =
                new bricklayer.glusterblock.GlusterBlock(bricklayer.glusterblock.GlusterBlockSettings.DEFAULTS);
        var node = new bricklayer.host.HostName("node1");
        world.executor.change(
                node,
                new bricklayer.host.Guard("by-hand"),
                tool.create(hosting, "theirs", false, List.of("10.0.0.1"), 3));
        world.prepared();

        BlockVolumeCreateRequest request = new BlockVolumeCreateRequest(5, List.of(), "theirs", 0, false);
        var refused = world.submit(
                        (rows, attempt) -> world.blockPlans.create(rows, request, world.answering(), attempt))
                .orElseThrow();
        assertThat(refused.state()).isEqualTo(OperationState.ABORTED);
        assertThat(refused.error().orElseThrow()).contains("already EXIST");
        world.mustBeAsBefore();
    }
}
