package bricklayer.plan;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Chance that can be the same twice: work done {@link #from} a seed meets the same numbers each time, ids and places included. All other work draws from the source. As thread-safe as the
 * source; what is bound to a seed is bound to the calling thread.
 */
public final class ReplayableChance implements RandomGenerator {

    private final ScopedValue<RandomGenerator> replayed = ScopedValue.newInstance();
    private final RandomGenerator source;

    public ReplayableChance(RandomGenerator source) {
        this.source = source;
    }

    @Override
    public long nextLong() {
        return replayed.orElse(source).nextLong();
    }

    /** Does the work with the chance that belongs to the seed. What the work throws passes through. */
    <T> T from(long seed, Supplier<T> work) {
        return ScopedValue.where(replayed, new SplittableRandom(seed)).call(work::get);
    }
}
