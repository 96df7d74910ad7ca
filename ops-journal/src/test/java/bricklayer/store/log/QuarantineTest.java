package bricklayer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.Crate;
import bricklayer.store.Crate.CrateId;
import bricklayer.store.Key;
import bricklayer.store.QuarantinedRow;
import bricklayer.store.Row;
import bricklayer.store.Schema;
import bricklayer.store.Store;
import bricklayer.store.Table;
import bricklayer.store.codec.JsonCodec;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of another release, which this one cannot read, are kept byte for byte and harm nobody. */
@Timeout(300)
final class QuarantineTest {

    /** Crates as another release has them: same table, same version number, other fields. */
    record OtherCrate(CrateId id, String colour) implements Row<CrateId> {
        static final Table<CrateId, OtherCrate> TABLE = Table.of("crates", 2, OtherCrate.class, CrateId::new);
    }

    record ToolId(String value) implements Key {}

    record Tool(ToolId id, String use) implements Row<ToolId> {
        static final Table<ToolId, Tool> TABLE = Table.of("tools", 7, Tool.class, ToolId::new);
    }

    private static final Schema OTHER = Schema.of(OtherCrate.TABLE, Counter.TABLE, Tool.TABLE);

    @TempDir
    private Path folder;

    @Test
    void keepsWhatItCannotReadAndServesTheRest() {
        writeWithTheOtherRelease();

        try (LogStore store = Crates.open(folder)) {
            assertThat(store.readOnlyReason()).isEmpty();
            assertThat(store.quarantined()).extracting(QuarantinedRow::table).containsExactly("crates", "tools");
            QuarantinedRow crate = store.quarantined().getFirst();
            assertThat(crate.key()).isEqualTo("a");
            assertThat(crate.version()).isEqualTo(2);
            assertThat(crate.text()).isEqualTo("{\"id\":\"a\",\"colour\":\"grün\"}");
            assertThat(crate.reason()).contains("crates").contains("version 2");
            assertThat(store.quarantined().getLast().reason()).contains("no table tools");
            assertThat(Counter.value(store.rows(), "n")).isEqualTo(3);
            assertThat(store.rows().count(Crate.TABLE)).isZero();
        }
    }

    @Test
    void keepsThemThroughCheckpointsUntilTheirOwnReleaseComesBack() {
        writeWithTheOtherRelease();

        for (int i = 1; i <= 3; i++) {
            try (LogStore store = Crates.open(folder)) {
                long number = i;
                store.write(tx -> {
                    tx.put(Counter.TABLE, Counter.of("rounds", number));
                    return "done";
                });
                store.checkpoint();
                assertThat(store.quarantined()).hasSize(2);
            }
        }

        try (Store store = openOther()) {
            assertThat(store.quarantined()).isEmpty();
            assertThat(store.rows().all(OtherCrate.TABLE)).containsExactly(new OtherCrate(new CrateId("a"), "grün"));
            assertThat(store.rows().all(Tool.TABLE)).containsExactly(new Tool(new ToolId("saw"), "wood"));
            assertThat(Counter.value(store.rows(), "rounds")).isEqualTo(3);
        }
    }

    @Test
    void aPutOverTheKeyReleasesIt() {
        writeWithTheOtherRelease();
        Crate crate = Crate.of("a", "ann", 5);

        try (LogStore store = Crates.open(folder)) {
            store.write(tx -> {
                tx.put(Crate.TABLE, crate);
                return "done";
            });
            assertThat(store.quarantined()).extracting(QuarantinedRow::table).containsExactly("tools");
        }
        try (LogStore store = Crates.open(folder)) {
            assertThat(store.rows().all(Crate.TABLE)).containsExactly(crate);
            assertThat(store.quarantined()).extracting(QuarantinedRow::table).containsExactly("tools");
        }
    }

    @Test
    void aDeleteOfTheKeyDeletesIt() {
        writeWithTheOtherRelease();

        try (LogStore store = Crates.open(folder)) {
            store.write(tx -> {
                tx.delete(Crate.TABLE, new CrateId("a"));
                return "done";
            });
        }
        try (Store store = openOther()) {
            assertThat(store.rows().count(OtherCrate.TABLE)).isZero();
            assertThat(store.rows().count(Tool.TABLE)).isEqualTo(1);
        }
    }

    private void writeWithTheOtherRelease() {
        try (Store store = openOther()) {
            store.write(tx -> {
                tx.put(OtherCrate.TABLE, new OtherCrate(new CrateId("a"), "grün"));
                tx.put(Counter.TABLE, Counter.of("n", 3));
                tx.put(Tool.TABLE, new Tool(new ToolId("saw"), "wood"));
                return "done";
            });
        }
    }

    private LogStore openOther() {
        return LogStore.open(
                Crates.options(folder),
                JsonCodec.builder(OTHER).build(),
                InstantSource.fixed(Crates.NOW),
                Crates.THREADS,
                Faults.NONE);
    }
}
