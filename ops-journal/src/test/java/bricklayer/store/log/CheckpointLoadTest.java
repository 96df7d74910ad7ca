package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.Crate;
import bricklayer.store.Crate.CrateId;
import bricklayer.store.QuarantinedRow;
import bricklayer.store.Rows;
import bricklayer.store.Schema;
import bricklayer.store.Store;
import bricklayer.store.Table;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.memory.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many rows, read from a checkpoint on several threads, are what they were when they were put one after the other. */
@Timeout(300)
final class CheckpointLoadTest {

    private static final int ROWS = 6000;
    private static final int OWNERS = 40;

    @TempDir
    private Path folder;

    @Test
    void isWhatWasPut() {
        Random random = new Random(7);
        List<Crate> crates = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            String[] labels = random.ints(random.nextInt(4), 0, 30)
                    .mapToObj(CheckpointLoadTest::label)
                    .toArray(String[]::new);
            crates.add(Crate.of(Integer.toHexString(random.nextInt()), owner(random), random.nextInt(-2, 3), labels));
        }
        MemoryStore expected = new MemoryStore(Crates.SCHEMA);
        put(expected, crates);
        try (LogStore store = Crates.open(folder)) {
            put(store, crates);
            store.checkpoint();
        }

        try (LogStore store = Crates.open(folder)) {
            assertThat(store.bytesToReplay()).isZero();
            assertSame(store.rows(), expected.rows());

            // what was built at once is changed like any other
            List<Crate> changed = crates.subList(0, ROWS / 3).stream()
                    .map(crate -> Crate.of(crate.id().value(), owner(random), 1, label(random.nextInt(40))))
                    .toList();
            put(expected, changed);
            put(store, changed);
            assertSame(store.rows(), expected.rows());
            delete(expected, crates.subList(0, ROWS / 2));
            delete(store, crates.subList(0, ROWS / 2));
            assertSame(store.rows(), expected.rows());
        }
    }

    /** Letters of more than one byte sort as texts do, also where texts are compared by their beginnings first. */
    private static String label(int number) {
        return List.of("ÿ", "Ā", "āb", "a", "ab", "label that is long ").get(number % 6) + number;
    }

    private static String owner(Random random) {
        return "owner-" + random.nextInt(OWNERS);
    }

    private static void delete(Store store, List<Crate> crates) {
        store.write(tx -> {
            crates.forEach(crate -> tx.delete(Crate.TABLE, crate.id()));
            return tx;
        });
    }

    private static void put(Store store, List<Crate> crates) {
        store.write(tx -> {
            crates.forEach(crate -> tx.put(Crate.TABLE, crate));
            tx.put(Counter.TABLE, Counter.of("crates", crates.size()));
            return tx;
        });
    }

    private static void assertSame(Rows rows, Rows expected) {
        assertThat(rows.all(Crate.TABLE)).containsExactlyElementsOf(expected.all(Crate.TABLE));
        assertThat(rows.all(Counter.TABLE)).containsExactlyElementsOf(expected.all(Counter.TABLE));
        for (int owner = 0; owner < OWNERS; owner++) {
            String name = "owner-" + owner;
            assertThat(rows.find(Crate.TABLE, Crate.BY_OWNER, name))
                    .isEqualTo(expected.find(Crate.TABLE, Crate.BY_OWNER, name));
            assertThat(rows.total(Crate.TABLE, Crate.WEIGHT_BY_OWNER, name))
                    .isEqualTo(expected.total(Crate.TABLE, Crate.WEIGHT_BY_OWNER, name));
        }
        for (int number = 0; number < 40; number++) {
            assertThat(rows.find(Crate.TABLE, Crate.BY_LABEL, label(number)))
                    .isEqualTo(expected.find(Crate.TABLE, Crate.BY_LABEL, label(number)));
        }
        List<Crate> all = new ArrayList<>();
        expected.all(Crate.TABLE).forEach(all::add);
        assertThat(rows.after(Crate.TABLE, "")).containsExactlyElementsOf(all);
        String there = all.get(all.size() / 2).id().value();
        for (String key : List.of("8", there, there + "0", "zz")) {
            assertThat(rows.after(Crate.TABLE, key))
                    .containsExactlyElementsOf(all.stream()
                            .filter(crate -> crate.id().value().compareTo(key) > 0)
                            .toList());
        }
    }

    /** Each of them can be read, but their total cannot be told: one is set apart, as if they had been put one after the other. */
    @Test
    void aTotalThatOverflowsCostsOneRow() {
        Table<CrateId, Crate> untold = Table.of("crates", 2, Crate.class, CrateId::new);
        try (LogStore store = LogStore.open(
                Crates.options(folder),
                JsonCodec.builder(Schema.of(untold, Counter.TABLE)).build(),
                InstantSource.fixed(Crates.NOW),
                Crates.THREADS,
                Faults.NONE)) {
            store.write(tx -> {
                tx.put(untold, Crate.of("a", "ann", Long.MAX_VALUE));
                tx.put(untold, Crate.of("b", "bob", -1));
                tx.put(untold, Crate.of("c", "bob", Long.MIN_VALUE));
                return tx;
            });
            store.checkpoint();
        }

        try (LogStore store = Crates.open(folder)) {
            assertThat(store.readOnlyReason()).isEmpty();
            assertThat(store.quarantined()).extracting(QuarantinedRow::key).containsExactly("c");
            assertThat(store.rows().count(Crate.TABLE)).isEqualTo(2);
            assertThat(store.rows().total(Crate.TABLE, Crate.WEIGHT_BY_OWNER, "bob"))
                    .isEqualTo(-1);
        }
    }
}
