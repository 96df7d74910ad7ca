package bricklayer.operation;

import bricklayer.fault.Crash;
import bricklayer.fault.Faults;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Crashes and fails an operation at every point it reaches, each time in a fresh world; then crashes the recovery from each of those crashes at every
 * point that it reaches. After each the world must be in order again. The points are found by running, nothing is listed by hand.
 */
public final class FailingStepLoop {

    /** A store and hosts that outlive the process, and a process over them. */
    public interface World {

        /** Starts a process. What an earlier one left in memory is gone. */
        void boot(Faults faults);

        /** Runs the operation under test to its end, in the caller's thread. A failed operation is not an exception. */
        void act();

        /** Lets the process take up what is open until nothing is. */
        void recover();

        /** Throws an {@link AssertionError} when records and hosts disagree, or something is left over. */
        void check();
    }

    /**
     * What was tried.
     *
     * @param points fault points of one run without faults
     */
    public record Result(int points, int runs) {}

    private final Supplier<World> worlds;
    private int runs;

    public FailingStepLoop(Supplier<World> worlds) {
        this.worlds = worlds;
    }

    public Result run() {
        NthFault counter = NthFault.none();
        World undisturbed = worlds.get();
        undisturbed.boot(counter);
        undisturbed.act();
        undisturbed.check();
        errorAtEveryPoint();
        crashAtEveryPoint();
        return new Result(counter.reached().size(), runs);
    }

    private void errorAtEveryPoint() {
        for (int n = 1; ; n++) {
            NthFault error = new NthFault(NthFault.How.ERROR, n);
            World world = worlds.get();
            world.boot(error);
            inStory(error + "", () -> {
                actThroughErrors(world);
                world.recover();
                world.check();
            });
            runs++;
            if (!error.happened()) {
                return;
            }
        }
    }

    private void crashAtEveryPoint() {
        for (int n = 1; ; n++) {
            Optional<World> world = crashed(n);
            if (world.isEmpty()) {
                return;
            }
            inStory("CRASH at point " + n + ", recovered in one go", () -> recoverAndCheck(world.get()));
            runs++;
            crashEveryRecovery(n);
        }
    }

    private void crashEveryRecovery(int n) {
        for (int m = 1; ; m++) {
            World world = crashed(n).orElseThrow();
            NthFault second = new NthFault(NthFault.How.CRASH, m);
            inStory("CRASH at point " + n + ", then in the recovery " + second, () -> {
                world.boot(second);
                try {
                    world.recover();
                } catch (Crash expected) {
                    // the process is dead; the next one takes up what it left
                }
                recoverAndCheck(world);
            });
            runs++;
            if (!second.happened()) {
                return;
            }
        }
    }

    private static void recoverAndCheck(World world) {
        world.boot(Faults.NONE);
        world.recover();
        world.check();
    }

    /** A world whose process crashed at point n; empty when the operation has fewer points. */
    private Optional<World> crashed(int n) {
        NthFault crash = new NthFault(NthFault.How.CRASH, n);
        World world = worlds.get();
        world.boot(crash);
        try {
            world.act();
        } catch (Crash expected) {
            return Optional.of(world);
        }
        return crash.happened() ? Optional.of(world) : Optional.empty();
    }

    private static void actThroughErrors(World world) {
        try {
            world.act();
        } catch (NthFault.Injected refused) {
            // the fault met the submission itself: the caller is told, nothing may be left
        }
    }

    private static void inStory(String story, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(story + ": " + e.getMessage(), e);
        }
    }
}
