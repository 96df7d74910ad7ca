package bricklayer.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.fault.Crash;
import bricklayer.fault.Faults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An operation that a crash left at any point is resumed, undone or abandoned; and a crash at any point of that changes nothing about where it leads. */
class SteeringTest {

    private static final List<Supplier<ToyWorld>> WORLDS = List.of(
            () -> OperationEngineTest.world(OperationEngineTest.CREATE),
            () -> OperationEngineTest.world(OperationEngineTest.CREATE, OperationEngineTest.DELETE),
            () -> OperationEngineTest.world(OperationEngineTest.CREATE, OperationEngineTest.SWAP),
            () -> OperationEngineTest.world(OperationEngineTest.CREATE, OperationEngineTest.SWAP_AND_LEAVE));

    private interface Steered {
        /** Returns whether the process died. */
        boolean with(ToyWorld world, OperationId left, NthFault second);
    }

    /** Crashes the operation at every point and steers what is left; then the same with a crash at every point of the steering. */
    private static void everywhere(Steered steered) {
        int runs = 0;
        for (Supplier<ToyWorld> worlds : WORLDS) {
            for (int n = 1; ; n++) {
                Optional<ToyWorld> first = crashed(worlds, n);
                if (first.isEmpty()) {
                    break;
                }
                for (int m = 1; ; m++) {
                    ToyWorld world = crashed(worlds, n).orElseThrow();
                    List<Operation> open = Operation.open(world.store.rows());
                    if (open.isEmpty()) {
                        break;
                    }
                    runs++;
                    boolean died = steered.with(world, open.getFirst().id(), new NthFault(NthFault.How.CRASH, m));
                    if (!died) {
                        break;
                    }
                }
            }
        }
        System.out.println("steered " + runs + " times");
        assertThat(runs).isGreaterThan(200);
    }

    private static Optional<ToyWorld> crashed(Supplier<ToyWorld> worlds, int n) {
        ToyWorld world = worlds.get();
        world.boot(new NthFault(NthFault.How.CRASH, n));
        try {
            world.act();
            return Optional.empty();
        } catch (Crash expected) {
            return Optional.of(world);
        }
    }

    private static boolean dies(ToyWorld world, NthFault second, OperationId id, Wish wish) {
        world.boot(second);
        try {
            world.operations().steer(Request.UNCOUNTED, id, wish);
            return false;
        } catch (Crash expected) {
            return true;
        } finally {
            world.boot(Faults.NONE);
        }
    }

    private static OperationState state(ToyWorld world, OperationId id) {
        return world.operations().find(id).orElseThrow().state();
    }

    @Test
    void resumedItEnds() {
        everywhere((world, id, second) -> {
            boolean died = dies(world, second, id, Wish.RESUME);
            if (died) {
                world.recover();
            }
            assertThat(state(world, id).open()).isFalse();
            world.check();
            return died;
        });
    }

    @Test
    void undoneItLeavesNothingOrSaysWhichStepCannotBeTakenBack() {
        everywhere((world, id, second) -> {
            var before = things(world);
            boolean died = dies(world, second, id, Wish.UNDO);
            if (died) {
                world.recover();
            } else if (state(world, id).open()) {
                assertThat(world.operations()
                                .find(id)
                                .orElseThrow()
                                .retry()
                                .obstacle()
                                .orElseThrow())
                        .contains("cannot be undone: its step ");
                assertThat(things(world)).isEqualTo(before);
                world.recover();
            } else {
                assertThat(state(world, id)).isEqualTo(OperationState.ABORTED);
            }
            world.check();
            return died;
        });
    }

    @Test
    void abandonedItChangesNoHostAndKeepsARowForAllThatIsThereUntilItIsTakenUpAgain() {
        everywhere((world, id, second) -> {
            var before = things(world);
            boolean died = dies(world, second, id, Wish.ABANDON);
            if (died) {
                world.recover();
            } else {
                assertThat(state(world, id)).isEqualTo(OperationState.ABANDONED);
                assertThat(things(world)).isEqualTo(before);
                assertThat(world.thingsInRows()).containsAll(world.thingsOnHosts());
            }
            Operation ended = world.operations().find(id).orElseThrow();
            assertThat(ended.state().open()).isFalse();
            if (ended.canBeReopened()) {
                assertThat(ended.abandoned().orElseThrow().leftovers()).isNotEmpty();
                world.operations().forgetOldAnswers();
                world.operations().steer(Request.UNCOUNTED, id, Wish.RESUME);
            }
            world.recover();
            world.check();
            return died;
        });
    }

    @Test
    void abandonedWhileAHostIsDeadItNamesWhatMayBeThere() {
        ToyWorld world = deletingOnADeadHost();
        OperationId id = Operation.open(world.store.rows()).getFirst().id();
        world.operations().steer(Request.UNCOUNTED, id, Wish.ABANDON);
        Operation given = world.operations().find(id).orElseThrow();
        assertThat(given.abandoned().orElseThrow().leftovers())
                .extracting(Leftover::step)
                .contains("delete/top/reverse-make-top", "delete/towers/reverse-make-a1");
        assertThat(given.abandoned().orElseThrow().leftovers())
                .filteredOn(left -> left.step().endsWith("top"))
                .allSatisfy(left -> {
                    assertThat(left.seen()).startsWith("unknown: ");
                    assertThat(left.commands()).containsExactly("remove top");
                });
        assertThat(world.thingsInRows()).containsAll(world.thingsOnHosts());
        assertThat(Operation.open(world.store.rows())).isEmpty();
        world.deadHosts.clear();
        world.operations().steer(Request.UNCOUNTED, id, Wish.RESUME);
        world.check();
    }

    @Test
    void theRestOfAnEndedOperationCannotBeUndoneButAbandoned() {
        ToyWorld world = OperationEngineTest.world(OperationEngineTest.CREATE);
        world.submit(OperationEngineTest.CREATE);
        world.deadHosts.add("right");
        world.submit(OperationEngineTest.SWAP_AND_LEAVE);
        OperationId rest = Operation.open(world.store.rows()).getFirst().id();
        OperationId job = world.operations().steer(Request.UNCOUNTED, rest, Wish.UNDO);
        assertThat(world.operations().find(job).orElseThrow().error().orElseThrow())
                .contains("cannot be undone: the operation that it is the rest of has ended");
        world.deadHosts.clear();
        world.refused = java.util.Set.of("remove b3");
        world.operations().steer(Request.UNCOUNTED, rest, Wish.RESUME);
        assertThat(state(world, rest)).as("though nothing of it is done").isEqualTo(OperationState.RUNNING);
        world.operations().steer(Request.UNCOUNTED, rest, Wish.ABANDON);
        assertThat(state(world, rest)).isEqualTo(OperationState.ABANDONED);
        assertThat(world.thingsInRows()).contains("b1", "b2", "b3");
        world.refused = java.util.Set.of();
        world.operations().steer(Request.UNCOUNTED, rest, Wish.RESUME);
        assertThat(world.thingsInRows()).doesNotContain("b1", "b2", "b3");
        world.check();
    }

    @Test
    void whatHasEndedIsNotSteered() {
        ToyWorld world = OperationEngineTest.world(OperationEngineTest.CREATE);
        OperationId id = world.submit(OperationEngineTest.CREATE);
        for (Wish wish : Wish.values()) {
            assertThatThrownBy(() -> world.operations().steer(Request.UNCOUNTED, id, wish))
                    .isInstanceOf(CannotSteer.class)
                    .hasMessageContaining("has ended");
        }
    }

    @Test
    void aKeySteersOnce() {
        ToyWorld world = deletingOnADeadHost();
        OperationId id = Operation.open(world.store.rows()).getFirst().id();
        Request keyed = Request.UNCOUNTED.withKey(Optional.of(new RequestKey("key", "digest")));
        OperationId job = world.operations().steer(keyed, id, Wish.ABANDON);
        assertThat(world.operations().steer(keyed, id, Wish.ABANDON)).isEqualTo(job);
    }

    /** The top is removed, and then the host that it was on, and the server, died. */
    private static ToyWorld deletingOnADeadHost() {
        ToyWorld world = crashed(WORLDS.get(1), 6).orElseThrow();
        world.boot(Faults.NONE);
        world.deadHosts.add("left");
        return world;
    }

    private static Map<String, Map<String, String>> things(ToyWorld world) {
        Map<String, Map<String, String>> copy = new TreeMap<>();
        world.hosts.forEach((host, things) -> copy.put(host, new TreeMap<>(things)));
        copy.values().removeIf(Map::isEmpty);
        return copy;
    }
}
