package bricklayer.tools.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long things took: counts in classes that are at most 1.6 % wide, so that any number of them takes the same memory. Thread-safe. */
public final class Latencies {

    /** Classes for each power of two. */
    private static final int BITS = 6;

    private static final int CLASSES = (Long.SIZE - BITS + 1) << BITS;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    public void add(long nanos) {
        long value = Math.max(0, nanos);
        counts.incrementAndGet(classOf(value));
        count.incrementAndGet();
        sum.addAndGet(value);
        most.accumulateAndGet(value, Math::max);
    }

    public long count() {
        return count.get();
    }

    public double maxMillis() {
        return most.get() / 1e6;
    }

    public double meanMillis() {
        return count() == 0 ? 0 : sum.get() / 1e6 / count();
    }

    /**
     * The value that so many per cent of all do not exceed; 0 when there is none.
     *
     * @param percent such as 99.9
     */
    public double millis(double percent) {
        long wanted = (long) Math.ceil(count() * percent / 100);
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return Math.min(upper(i), most.get()) / 1e6;
            }
        }
        return 0;
    }

    static int classOf(long value) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - BITS - 1);
        return (shift << BITS) + (int) (value >>> shift);
    }

    /** The largest value of a class. */
    static long upper(int number) {
        int shift = Math.max(0, (number >> BITS) - 1);
        long first = number - ((long) shift << BITS);
        return ((first + 1) << shift) - 1;
    }
}
