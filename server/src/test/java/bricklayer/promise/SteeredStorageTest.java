package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.fault.Crash;
import bricklayer.fault.Faults;
import bricklayer.host.HostName;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Leftover;
import bricklayer.operation.NthFault;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import bricklayer.operation.Wish;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A volume's creation and deletion and the move of a brick, left by a crash at every point, each resumed, undone and abandoned: with all nodes there, and with one
 * that is dead until later. And each with a second crash at every point of that.
 */
class SteeredStorageTest {

    private static final VolumeCreateRequest REPLICA =
            VolumeCreateRequest.of(10, Durability.replicate(3)).named("r3");

    /** How the operation is left to be steered: makes the world, and plans in it. */
    private record Kind(Supplier<StorageWorld> worlds, Function<StorageWorld, Planner> act) {

        Optional<StorageWorld> crashed(int n) {
            StorageWorld world = worlds.get();
            Planner planner = act.apply(world);
            world.boot(new NthFault(NthFault.How.CRASH, n));
            try {
                world.submit(planner);
                return Optional.empty();
            } catch (Crash expected) {
                return Optional.of(world);
            }
        }
    }

    private static final Kind CREATE = new Kind(
            () -> new StorageWorld(3, _ -> {}),
            world -> (rows, attempt) -> world.volumePlans.create(rows, REPLICA, attempt));

    private static final Kind DELETE = new Kind(SteeredStorageTest::withVolume, world -> {
        VolumeId id = world.rows().all(Volume.TABLE).iterator().next().id();
        return (rows, attempt) -> world.volumePlans.delete(rows, id);
    });

    private static final Kind EVICT = new Kind(SteeredStorageTest::withVolume, world -> {
        BrickId id = world.rows().all(Brick.TABLE).iterator().next().id();
        return (rows, attempt) -> world.evictionPlans.evict(rows, id, true, attempt);
    });

    /** The clone's bricks lie in the pools of the volume that goes. */
    private static final Kind DELETE_ORIGIN = new Kind(SteeredStorageTest::withClone, world -> {
        VolumeId id = world.named("r3").id();
        return (rows, attempt) -> world.volumePlans.delete(rows, id);
    });

    private static final Kind EVICT_FROM_SHARED_POOL = new Kind(SteeredStorageTest::withClone, world -> {
        BrickId id = Inventory.bricksOf(world.rows(), world.named("r3").id())
                .getFirst()
                .id();
        return (rows, attempt) -> world.evictionPlans.evict(rows, id, true, attempt);
    });

    private static StorageWorld withClone() {
        StorageWorld world = withVolume();
        VolumeId origin = world.named("r3").id();
        return world.prepared((rows, attempt) -> world.clonePlans.clone(rows, origin, "copy"));
    }

    private static StorageWorld withVolume() {
        StorageWorld world = new StorageWorld(4, _ -> {});
        return world.prepared((rows, attempt) -> world.volumePlans.create(rows, REPLICA, attempt));
    }

    /**
     * @param dead whether a node is dead while the operation is steered
     */
    private static int everywhere(Kind kind, Wish wish, boolean dead) {
        int runs = 0;
        for (int n = 1; kind.crashed(n).isPresent(); n++) {
            for (int m = 1; ; m++) {
                StorageWorld world = kind.crashed(n).orElseThrow();
                List<Operation> open = Operation.open(world.rows());
                if (open.isEmpty()) {
                    break;
                }
                runs++;
                NthFault second = new NthFault(NthFault.How.CRASH, m);
                try {
                    steer(world, open.getFirst(), wish, dead, second);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(
                            "CRASH at point " + n + ", then " + wish + " with " + second + ": " + e.getMessage(), e);
                }
                if (!second.happened()) {
                    break;
                }
            }
        }
        System.out.printf("%s, a node dead %s: %d runs, no leak%n", wish, dead, runs);
        return runs;
    }

    private static void steer(StorageWorld world, Operation open, Wish wish, boolean dead, NthFault second) {
        OperationId id = open.id();
        HostName victim = new HostName("node1");
        if (dead) {
            world.executor.nodes().cutPower(victim);
        }
        world.boot(second);
        try {
            world.steer(id, wish);
        } catch (Crash expected) {
            // the next process carries the wish out
        }
        world.boot(Faults.NONE);
        if (!second.happened()) {
            steered(world, id, wish, dead);
        }
        if (dead) {
            world.executor.nodes().returnPower(victim);
        }
        world.recover();
        assertThat(world.operation(id).state().open()).isFalse();
        world.mustCountAllThatLies();
        if (world.operation(id).canBeReopened()) {
            world.steer(id, Wish.RESUME);
            world.recover();
        }
        world.check();
    }

    private static void steered(StorageWorld world, OperationId id, Wish wish, boolean dead) {
        Operation after = world.operation(id);
        switch (wish) {
            case ABANDON -> assertThat(after.state()).isEqualTo(OperationState.ABANDONED);
            case RESUME -> assertThat(dead || !after.state().open()).isTrue();
            case UNDO ->
                assertThat(dead
                                || after.state() == OperationState.ABORTED
                                || after.retry().obstacle().orElse("").contains(" cannot be undone: its step "))
                        .isTrue();
        }
        world.mustCountAllThatLies();
    }

    private static void everyWay(Kind kind) {
        int runs = 0;
        for (Wish wish : Wish.values()) {
            runs += everywhere(kind, wish, false) + everywhere(kind, wish, true);
        }
        assertThat(runs).isGreaterThan(100);
    }

    private static void abandoned(Kind kind) {
        assertThat(everywhere(kind, Wish.ABANDON, false) + everywhere(kind, Wish.ABANDON, true))
                .isGreaterThan(100);
    }

    @Test
    void createVolume() {
        everyWay(CREATE);
    }

    @Test
    void deleteVolume() {
        everyWay(DELETE);
    }

    @Test
    void evictBrick() {
        everyWay(EVICT);
    }

    @Test
    void deleteVolumeWhosePoolsACloneShares() {
        abandoned(DELETE_ORIGIN);
    }

    @Test
    void evictBrickWhosePoolACloneShares() {
        abandoned(EVICT_FROM_SHARED_POOL);
    }

    /** A node dies, its bricks are moved, and it is forgotten with them: no row of it stays. */
    @Test
    void aNodeThatNeverComesBackIsForgotten() {
        StorageWorld world = withVolume();
        Brick brick = world.rows().all(Brick.TABLE).iterator().next();
        Node node = world.rows().get(Node.TABLE, brick.node()).orElseThrow();
        world.submit((rows, attempt) -> world.nodePlans.setState(rows, node.id(), State.OFFLINE, true));
        world.executor.nodes().cutPower(node.host());
        world.submit((rows, attempt) -> world.nodePlans.setState(rows, node.id(), State.FAILED, true));
        for (Operation discard : Operation.open(world.rows())) {
            world.steer(discard.id(), Wish.ABANDON);
            assertThat(world.operation(discard.id()).abandoned().orElseThrow().leftovers())
                    .isNotEmpty()
                    .allSatisfy(left -> assertThat(left.hosts()).containsExactly(node.host()))
                    .extracting(Leftover::commands)
                    .anySatisfy(commands -> assertThat(commands).anyMatch(line -> line.contains("lvremove")));
        }
        assertThat(Operation.open(world.rows())).isEmpty();
        Brick kept = world.rows().get(Brick.TABLE, brick.id()).orElseThrow();
        assertThat(Inventory.isDiscarded(world.rows(), kept)).isTrue();
        assertThat(Inventory.bricksOf(world.rows(), brick.volume())).hasSize(3);
        Device device = world.rows().get(Device.TABLE, brick.device()).orElseThrow();
        assertThat(Inventory.usedKiB(world.rows(), device)).isPositive();

        Operation forgotten = world.submit((rows, attempt) -> world.devicePlans.delete(rows, device.id(), true))
                .orElseThrow();

        assertThat(forgotten.state()).isEqualTo(OperationState.DONE);
        assertThat(world.rows().get(Device.TABLE, device.id())).isEmpty();
        assertThat(Inventory.bricksOn(world.rows(), device.id())).isEmpty();
        assertThat(world.rows().get(Brick.TABLE, brick.id())).isEmpty();
    }
}
