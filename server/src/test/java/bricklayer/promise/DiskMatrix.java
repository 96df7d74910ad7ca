package bricklayer.promise;

import bricklayer.fault.Crash;
import bricklayer.main.Formats;
import bricklayer.operation.Operation;
import bricklayer.operation.Request;
import bricklayer.promise.Course.Blow;
import bricklayer.promise.FaultKind.Site;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Store;
import bricklayer.store.StoreException;
import bricklayer.store.Table;
import bricklayer.store.WriteTx;
import bricklayer.store.codec.JsonCodec;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/**
 * One scenario with its records on the real log, on a disk that fails: every {@link DiskFault} at every write, and then, after a torn write and after a failed flush, a crash at every fault point of the recovery. It is the
 * operation that is looked at: what it has done on the nodes must be what the next process makes of the log.
 */
final class DiskMatrix {

    private static final JsonCodec CODEC = Formats.codec();
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final Set<String> SERIES = Set.of("remove a node", "remove a device");
    private static final Set<DiskFault> FOLLOWED = EnumSet.of(DiskFault.TORN, DiskFault.FLUSH_FAILS);
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("store-", 0).factory();

    private final Scenario scenario;
    private final StorageWorld template;
    private final boolean followed;
    private int runs;

    private DiskMatrix(Scenario scenario, boolean followed) {
        this.scenario = scenario;
        this.followed = followed;
        this.template = scenario.template();
    }

    static DiskMatrix of(Scenario scenario) {
        return new DiskMatrix(scenario, true);
    }

    /** Without second faults. */
    static DiskMatrix shallow(Scenario scenario) {
        return new DiskMatrix(scenario, false);
    }

    /**
     * What was tried.
     *
     * @param writes to the log in an undisturbed run
     */
    record Result(int writes, int runs) {}

    Result run() {
        int writes = pass(Optional.empty(), 0, List.of()).writes();
        for (DiskFault fault : DiskFault.values()) {
            for (int n = 1; n <= writes && !isPassedOver(fault); n++) {
                Passage passage = pass(Optional.of(fault), n, List.of());
                for (int m = 1; followed && FOLLOWED.contains(fault) && m <= passage.pointsOfMending(); m++) {
                    pass(Optional.of(fault), n, List.of(new Blow(FaultKind.CRASH, m)));
                }
            }
        }
        return new Result(writes, runs);
    }

    /**
     * A start that reads too little believes an earlier state and mends by it; when the next one reads all, a move of a brick may be found half done by another process and stay open, shown with its obstacle.
     */
    private boolean isPassedOver(DiskFault fault) {
        return fault == DiskFault.SHORT_READ && SERIES.contains(scenario.name());
    }

    private record Passage(int writes, int pointsOfMending) {}

    private Passage pass(Optional<DiskFault> fault, int n, List<Blow> then) {
        runs++;
        String story = fault.map(what -> what.words() + " at write " + n).orElse("undisturbed")
                + (then.isEmpty() ? "" : ", then in the recovery " + then);
        try {
            Path folder = Files.createTempDirectory("disk-matrix");
            try {
                return pass(folder, fault, n, then);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | AssertionError | Crash e) {
            throw new AssertionError(scenario.name() + " on a real log: " + story + ": " + e.getMessage(), e);
        }
    }

    private Passage pass(Path folder, Optional<DiskFault> fault, int n, List<Blow> then) throws IOException {
        StorageWorld world = template.copy();
        Deed deed = scenario.deed().apply(world);
        Ledger ledger = new Ledger();
        Course first = new Course(world.executor, world::meanwhile, point -> ledger.note(world.rows()), List.of());
        FaultyDisk disk = new FaultyDisk(folder, fault, n, first::kill);
        world.keepRecords(previous -> reopened(folder, disk, previous));
        try {
            world.boot(first, first);
            disk.watch();
            try {
                world.perform(deed, Request.COUNTED.withTries(2));
            } catch (Crash | StoreException expected) {
                // the process is dead, or can record nothing any more
            }
            int writes = disk.flushes();
            if (fault.isPresent() && !disk.hasStruck()) {
                throw new AssertionError("there was no such write");
            }
            disk.mend();
            if (fault.equals(Optional.of(DiskFault.SHORT_READ))) {
                readShort(world, disk);
            }
            Course mending = new Course(world.executor, world::meanwhile, point -> ledger.note(world.rows()), then);
            world.boot(mending, mending);
            recover(world, mending);
            int points = mending.count(Site.POINT);
            if (mending.isDead()) {
                mending.revive();
                world.boot(mending, mending);
                recover(world, mending);
            }
            ledger.mustBeKept(world.rows());
            if (Operation.open(template.rows()).isEmpty() && ledger.allTakenBack(world.rows())) {
                world.recordsMustBeAsBefore();
            }
            scenario.settle().accept(world);
            world.check();
            return new Passage(writes, points);
        } finally {
            world.keepRecords(previous -> closed(previous));
            world.boot(first, first);
        }
    }

    private static void recover(StorageWorld world, Course course) {
        try {
            world.recover();
        } catch (Crash expected) {
            if (!course.isDead()) {
                throw expected;
            }
        }
    }

    /** A process that gets less to read than there is must not take it for the truth and go on. */
    private static void readShort(StorageWorld world, FaultyDisk disk) throws IOException {
        Course idle = new Course(world.executor, world::meanwhile, point -> {}, List.of());
        Runnable whole = disk.shorten();
        try {
            world.boot(idle, idle);
            world.recover();
        } catch (StoreException refused) {
            // as good as starting and writing nothing
        } finally {
            world.keepRecords(restarted(world, whole));
        }
    }

    private static java.util.function.UnaryOperator<Store> restarted(StorageWorld world, Runnable whole) {
        java.util.function.UnaryOperator<Store> usual = world.recordsKept();
        return previous -> {
            closed(previous);
            whole.run();
            world.keepRecords(usual);
            return usual.apply(previous);
        };
    }

    private static Store reopened(Path folder, FaultyDisk disk, Store previous) {
        boolean fresh = !(previous instanceof LogStore);
        closed(previous);
        LogStore.Options options = LogStore.Options.in(folder).withSegmentBytes(SEGMENT_BYTES);
        LogStore store = LogStore.open(options, CODEC, InstantSource.fixed(Instant.EPOCH), THREADS, disk);
        if (fresh) {
            store.write(tx -> {
                Formats.SCHEMA.tables().forEach(table -> copy(previous, table, tx));
                return tx.sequence();
            });
        }
        return store;
    }

    private static Store closed(Store store) {
        try {
            store.close();
        } catch (StoreException | Crash dead) {
            // it has written what it could
        }
        return store;
    }

    private static <K extends Key, V extends Row<K>> void copy(Store from, Table<K, V> table, WriteTx to) {
        from.rows().all(table).forEach(row -> to.put(table, row));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
