package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.executor.simulated.CommandFaults;
import bricklayer.executor.simulated.CommandFaults.Fault;
import bricklayer.host.CommandResult.Exited;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What can happen to a command on its way, at each command that an operation gives: refused, not sent, reply lost before or after the work, still running
 * when everybody has given up on it. Each once in a fresh world; after recovery nodes and records agree.
 */
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

    private static int everyFaultAtEveryCommand(
            Supplier<StorageWorld> worlds, Function<StorageWorld, Planner> operation) {
        int runs = 0;
        for (Map.Entry<String, Fault> fault : FAULTS.entrySet()) {
            for (int n = 1; ; n++) {
                StorageWorld world = worlds.get();
                AtomicInteger commands = new AtomicInteger();
                int wanted = n;
                world.executor.setFaults(
                        (host, guard, command) -> commands.incrementAndGet() == wanted ? fault.getValue() : Fault.NONE);
                try {
                    world.submit(operation.apply(world));
                    world.recover();
                    world.check();
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("command " + n + " " + fault.getKey() + ": " + e.getMessage(), e);
                }
                runs++;
                if (commands.get() < n) {
                    break;
                }
            }
        }
        return runs;
    }

    private static StorageWorld withVolume() {
        StorageWorld world = new StorageWorld(4, _ -> {});
        return world.prepared((rows, attempt) -> world.volumePlans.create(rows, REPLICA, attempt));
    }

    private static VolumeId only(StorageWorld world) {
        return world.rows().all(Volume.TABLE).iterator().next().id();
    }

    @Test
    void createExpandAndDeleteSurviveWhateverHappensToACommand() {
        int create = everyFaultAtEveryCommand(
                () -> new StorageWorld(4, _ -> {}),
                world -> (rows, attempt) -> world.volumePlans.create(rows, REPLICA, attempt));
        int expand = everyFaultAtEveryCommand(
                LostReplyTest::withVolume,
                world -> (rows, attempt) -> world.volumePlans.expand(rows, only(world), 10, attempt));
        int delete = everyFaultAtEveryCommand(
                LostReplyTest::withVolume, world -> (rows, attempt) -> world.volumePlans.delete(rows, only(world)));
        System.out.println("faults on the way of a command: " + create + " runs of create, " + expand + " of expand, "
                + delete + " of delete, no leak");
        assertThat(create).isGreaterThan(FAULTS.size() * 20);
    }

    @Test
    void evictSurvivesWhateverHappensToACommand() {
        int evict = everyFaultAtEveryCommand(LostReplyTest::withVolume, world -> {
            BrickId id = world.rows().all(Brick.TABLE).iterator().next().id();
            return (rows, attempt) -> world.evictionPlans.evict(rows, id, true, attempt);
        });
        System.out.println("faults on the way of a command: " + evict + " runs of evict, no leak");
        assertThat(evict).isGreaterThan(FAULTS.size() * 10);
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
        world.executor.nodes().cutPower(new bricklayer.host.HostName("node1"));
        for (int i = 0; i < 8; i++) {
            world.submit((rows, attempt) -> world.volumePlans.create(
                            rows, VolumeCreateRequest.of(10, Durability.replicate(3)), attempt))
                    .ifPresent(op -> assertThat(op.error()).isEmpty());
        }
        world.executor.nodes().returnPower(new bricklayer.host.HostName("node1"));
        world.recover();
        world.check();
    }

    @Test
    void aNodeThatDiesInTheMiddleHoldsItsOperationOnlyUntilItIsBack() {
        StorageWorld world = withVolume();
        VolumeId id = only(world);
        world.executor.nodes().cutPower(new bricklayer.host.HostName("node2"));
        world.submit((rows, attempt) -> world.volumePlans.delete(rows, id));
        world.executor.nodes().returnPower(new bricklayer.host.HostName("node2"));
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
}
