package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.Rows;
import bricklayer.store.Transition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was written is told again from the log exactly as it was told when it was written. */
@Timeout(60)
final class PastTransitionsTest {

    @TempDir
    private Path folder;

    /** A transition, with all rows before and after it. */
    private record Whole(
            long sequence,
            String time,
            List<Transition.Touched> touched,
            Map<String, Long> before,
            Map<String, Long> after) {

        static Whole of(Transition transition) {
            return new Whole(
                    transition.sequence(),
                    transition.time().toString(),
                    transition.touched(),
                    counters(transition.before()),
                    counters(transition.after()));
        }
    }

    private static Map<String, Long> counters(Rows rows) {
        Map<String, Long> all = new TreeMap<>();
        rows.all(Counter.TABLE).forEach(counter -> all.put(counter.id().value(), counter.value()));
        return all;
    }

    private static void write(LogStore store, int from, int to) {
        for (int i = from; i < to; i++) {
            long value = i;
            Counter.CounterId id = new Counter.CounterId("c" + i % 13);
            store.write(tx -> {
                if (value % 11 == 0) {
                    tx.delete(Counter.TABLE, id);
                }
                tx.put(Counter.TABLE, new Counter(new Counter.CounterId("d" + value % 7), value));
                if (value % 11 != 0) {
                    tx.put(Counter.TABLE, new Counter(id, value));
                }
                return value;
            });
        }
    }

    private static List<Whole> past(LogStore store, long after) {
        List<Whole> told = new ArrayList<>();
        store.past(after, transition -> told.add(Whole.of(transition)));
        return told;
    }

    @Test
    void isToldAsItWasWrittenFromWhereverTheLogReachesBackTo() {
        List<Whole> live = new CopyOnWriteArrayList<>();
        try (LogStore store = Crates.open(folder)) {
            store.follow(transition -> live.add(Whole.of(transition)));
            write(store, 0, 150);
            store.checkpoint();
            write(store, 150, 300);
            while (live.size() < 300) { // told after the writer was answered
                Thread.onSpinWait();
            }
            for (long after = 0; after <= 300; after += 41) {
                assertThat(past(store, after)).as("after %d", after).isEqualTo(live.subList((int) after, live.size()));
            }
            store.checkpoint();
            write(store, 300, 330);
        }
        try (LogStore store = Crates.open(folder)) {
            long oldest = store.oldestPast();
            assertThat(oldest).isPositive();
            for (long after = oldest; after <= 330; after += 41) {
                assertThat(past(store, after)).as("after %d", after).isEqualTo(live.subList((int) after, live.size()));
            }
            assertThat(past(store, 330)).isEmpty();
            assertThatThrownBy(() -> past(store, oldest - 1))
                    .isInstanceOfSatisfying(
                            LogTooShort.class, gone -> assertThat(gone.oldest()).isEqualTo(oldest));
        }
    }

    @Test
    void endsWhenNobodyWantsMore() {
        try (LogStore store = Crates.open(folder)) {
            write(store, 0, 20);
            List<Long> told = new ArrayList<>();
            store.past(5, transition -> {
                told.add(transition.sequence());
                return told.size() < 3;
            });
            assertThat(told).containsExactly(6L, 7L, 8L);
        }
    }

    /** Writers neither fail nor wait because of one who looks on. */
    @Test
    void aFollowerThatFailsStopsNothing() {
        try (LogStore store = Crates.open(Crates.options(folder), Faults.NONE)) {
            store.follow(transition -> {
                throw new IllegalStateException("on purpose");
            });
            write(store, 0, 20);
            assertThat(store.rows().sequence()).isEqualTo(20);
            assertThat(store.readOnlyReason()).isEmpty();
        }
    }
}
