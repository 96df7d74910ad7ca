package bricklayer.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import bricklayer.api.RebuildReport;
import bricklayer.fault.Crash;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.Faults;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.migrate.HeketiImport;
import bricklayer.migrate.Imported;
import bricklayer.operation.Ids;
import bricklayer.operation.Operation;
import bricklayer.problem.Problem;
import bricklayer.rebuild.Rebuilt;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.StoreException;
import bricklayer.store.Table;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies, or the disk refuses, at each durable act of an import and of a rebuild into a folder: first, second, ... until one gets through. Afterwards the folder holds all records or none, all if it was said to be
 * done, and where there are none the same command makes them.
 */
final class InterruptedTakingOverTest {

    private static final List<Table<?, ?>> TABLES =
            List.of(Cluster.TABLE, Node.TABLE, Device.TABLE, Volume.TABLE, Brick.TABLE, BlockVolume.TABLE);

    private static final int SEGMENT_BYTES = 64 << 10;

    private static final int MORE_THAN_THERE_ARE = 100;

    private final HeketiImport.Draft draft = draft();

    @TempDir
    private Path temporary;

    /** Makes records in a folder. */
    @FunctionalInterface
    private interface Command {
        void run(Path data, OfflineStore opener);
    }

    /** At the n-th point that is reached, and from then on. */
    private static final class FromNth implements Faults {

        private final int n;
        private final Function<FaultPoint, Throwable> fault;
        private int reached;

        FromNth(int n, Function<FaultPoint, Throwable> fault) {
            this.n = n;
            this.fault = fault;
        }

        @Override
        public synchronized void reach(FaultPoint point) {
            reached++;
            if (reached >= n) {
                switch (fault.apply(point)) {
                    case Error death -> throw death;
                    case RuntimeException failure -> throw failure;
                    case Throwable other -> throw new IllegalArgumentException(other);
                }
            }
        }

        synchronized boolean struck() {
            return reached >= n;
        }
    }

    @Test
    void anImportThatIsCutOffLeavesAllOrNothing() {
        Rows whole = draft.rows();
        assertThat(Operation.open(whole)).isNotEmpty();
        Command importing = (data, opener) -> HeketiFolder.write(data, draft, new Ids(new SplittableRandom(1)), opener);

        interrupted(
                importing,
                rows -> everyRow(rows).equals(everyRow(whole))
                        && Operation.open(rows).size() >= Operation.open(whole).size());
    }

    @Test
    void aRebuildThatIsCutOffLeavesAllOrNothing() {
        Rows whole = draft.rows();
        Rebuilt rebuilt = new Rebuilt(
                each(whole, Cluster.TABLE),
                each(whole, Node.TABLE),
                each(whole, Device.TABLE),
                each(whole, Volume.TABLE),
                each(whole, Brick.TABLE),
                each(whole, BlockVolume.TABLE),
                new RebuildReport(0, 0, 0, 0, 0, 0, List.of(), List.of(), true, false),
                true);

        interrupted(
                (data, opener) -> Rebuild.write(data, rebuilt, opener),
                rows -> everyRow(rows).equals(everyRow(whole)));
    }

    private void interrupted(Command command, Predicate<Rows> whole) {
        boolean again = true;
        every("crash", command, whole, Crash::new, again);
        every(
                "refusal",
                command,
                whole,
                point -> new UncheckedIOException(new IOException("no space at " + point)),
                !again);
    }

    private void every(
            String what, Command command, Predicate<Rows> whole, Function<FaultPoint, Throwable> fault, boolean again) {
        int none = 0;
        int all = 0;
        for (int n = 1; n < MORE_THAN_THERE_ARE; n++) {
            Path data = temporary.resolve(what + "-" + n);
            FromNth faults = new FromNth(n, fault);
            boolean done = done(command, data, faults);
            boolean holdsAll = look(data, whole);
            assertThat(holdsAll || !done)
                    .as("%s at point %s, said to be done", what, n)
                    .isTrue();
            if (!faults.struck()) {
                assertThat(none).as("runs that left nothing").isPositive();
                assertThat(all).as("interrupted runs that left all").isPositive();
                assertThat(refused(command, data)).as("the same a second time").isTrue();
                assertThat(look(data, whole))
                        .as("what was there is not touched")
                        .isTrue();
                return;
            }
            if (holdsAll) {
                all++;
            } else {
                none++;
                assertThat(!again || (done(command, data, Faults.NONE) && look(data, whole)))
                        .as("again after a %s at point %s", what, n)
                        .isTrue();
            }
        }
        fail("it never gets through");
    }

    private static OfflineStore store(Faults faults) {
        return new OfflineStore(usual -> usual.withSegmentBytes(SEGMENT_BYTES), faults);
    }

    private static boolean done(Command command, Path data, Faults faults) {
        try {
            command.run(data, store(faults));
            return true;
        } catch (Crash | StoreException | UncheckedIOException interrupted) {
            return false;
        }
    }

    private static boolean refused(Command command, Path data) {
        try {
            command.run(data, store(Faults.NONE));
            return false;
        } catch (Problem | StoreException refusal) {
            return true;
        }
    }

    /** As the next start would find it; fails when a part is there. */
    private static boolean look(Path data, Predicate<Rows> whole) {
        Path journal = Tuning.journal(data);
        if (!Files.isDirectory(journal)) {
            return false;
        }
        try (LogStore store = store(Faults.NONE).open(journal)) {
            assertThat(store.readOnlyReason()).isEmpty();
            Rows rows = store.rows();
            if (whole.test(rows)) {
                return true;
            }
            assertThat(everyRow(rows)).as("a part of the records").isEmpty();
            assertThat(Operation.open(rows)).isEmpty();
            return false;
        }
    }

    private static List<Row<?>> everyRow(Rows rows) {
        List<Row<?>> all = new ArrayList<>();
        TABLES.forEach(table -> all.addAll(each(rows, table)));
        return all;
    }

    private static <K extends Key, V extends Row<K>> List<V> each(Rows rows, Table<K, V> table) {
        List<V> all = new ArrayList<>();
        rows.all(table).forEach(all::add);
        return all;
    }

    /** With every kind of entry and of pending operation. */
    private static HeketiImport.Draft draft() {
        HeketiImport.Draft draft = Imported.dump();
        assertThat(draft.report().problems()).isEmpty();
        return draft;
    }
}
