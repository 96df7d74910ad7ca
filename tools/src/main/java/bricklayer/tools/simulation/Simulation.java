package bricklayer.tools.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Runs seeds one after the other, and makes of a failure the shortest story that still fails. Needs {@link #JVM_FLAG}. */
public final class Simulation {

    /** With it, virtual threads can be given a scheduler. */
    public static final String JVM_FLAG = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    private static final int SHRINK_TRIES = 400;

    private Simulation() {}

    /** Whether this JVM was started with {@link #JVM_FLAG}. */
    public static boolean isPossible() {
        return ServerProcess.isPossible();
    }

    /**
     * What to run.
     *
     * @param first seed; the others follow it
     * @param seeds how many at most; empty for as many as there is time for
     * @param keepGoing whether a failure ends it
     * @param diskLies a disk that does nothing when it is told to flush: for seeing that this is noticed
     */
    public record Wanted(long first, OptionalInt seeds, boolean keepGoing, boolean diskLies) {}

    /** Told after each seed how many are done, and how many of them failed. */
    @FunctionalInterface
    public interface Progress {
        void done(int seeds, int failed);
    }

    /**
     * A promise that was not kept.
     *
     * @param story the shortest that was found, as {@link #replay} takes it
     * @param trace what happens in it
     */
    public record Failure(long seed, String message, String story, String trace) {}

    /**
     * What came of it.
     *
     * @param turns how often the scheduler let something run
     * @param operations that the server accepted
     */
    public record Report(
            long first, int seeds, List<Failure> failures, long turns, long operations, Duration virtualTime) {}

    /**
     * Runs seeds until one fails, or all are done, or it is enough.
     *
     * @param goOn asked before each seed, for a limit of time
     */
    public static Report run(Wanted wanted, BooleanSupplier goOn, Progress progress) {
        List<Failure> failures = new ArrayList<>();
        long turns = 0;
        long operations = 0;
        Duration virtual = Duration.ZERO;
        int done = 0;
        while (done < wanted.seeds().orElse(Integer.MAX_VALUE)
                && (failures.isEmpty() || wanted.keepGoing())
                && goOn.getAsBoolean()) {
            Story story = Story.ofSeed(wanted.first() + done);
            Run.Outcome outcome = Run.of(story, false, wanted.diskLies());
            turns += outcome.turns();
            operations += outcome.operations();
            virtual = virtual.plus(outcome.virtualTime());
            done++;
            outcome.violation().ifPresent(broken -> failures.add(shortest(story, broken, wanted.diskLies())));
            progress.done(done, failures.size());
        }
        return new Report(wanted.first(), done, List.copyOf(failures), turns, operations, virtual);
    }

    private static Failure shortest(Story story, Violation violation, boolean diskLies) {
        Story shorter = Shrinker.shrink(story, violation, diskLies, SHRINK_TRIES);
        Run.Outcome again = Run.of(shorter, true, diskLies);
        return new Failure(
                story.seed(),
                String.valueOf(again.violation().orElse(violation).getMessage()),
                shorter.toString(),
                again.trace());
    }

    /**
     * What happens in a story.
     *
     * @param violation the promise that was not kept; empty when all were
     */
    public record Replayed(Optional<String> violation, String trace) {}

    /**
     * Tells what happens in a story.
     *
     * @param story as a {@link Failure} tells it
     */
    public static Replayed replay(String story) {
        Run.Outcome outcome = Run.of(Story.parse(story), true, false);
        return new Replayed(outcome.violation().map(Throwable::getMessage), outcome.trace());
    }

    /** The story of a seed, as {@link #replay} takes it. */
    public static String story(long seed) {
        return Story.ofSeed(seed).toString();
    }
}
