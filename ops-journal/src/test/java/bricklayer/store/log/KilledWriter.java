package bricklayer.store.log;

import bricklayer.fault.Faults;
import bricklayer.store.Counter;
import bricklayer.store.Crate;
import bricklayer.store.log.LogStore.Options;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The process that {@link KillTest} kills. Its writers go on from what they find in the folder; each transaction changes a counter and a
 * crate, and is printed as "writer number" once it is acknowledged.
 */
final class KilledWriter {

    static final int WRITERS = 8;
    static final int SLOTS = 20;

    private KilledWriter() {}

    /** Small segments and frequent checkpoints, so that kills meet them being made. */
    static Options options(Path folder) {
        return Options.in(folder).withSegmentBytes(32 << 10).withCheckpointBytes(96 << 10);
    }

    static String counter(int writer) {
        return "writer-" + writer;
    }

    /** What transaction {@code number} of a writer puts beside its counter; it replaces the one of {@link #SLOTS} transactions before. */
    static Crate crate(int writer, long number) {
        return Crate.of("w" + writer + "-" + number % SLOTS, counter(writer), number, "slot" + number % SLOTS);
    }

    public static void main(String[] args) {
        LogStore store = LogStore.open(
                options(Path.of(args[0])), Crates.CODEC, InstantSource.system(), Crates.THREADS, Faults.NONE);
        if (args.length > 1) {
            showAllClassesAndEnd(store);
            return;
        }
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread.ofPlatform().start(() -> writeForEver(store, writer));
        }
    }

    /** A virtual machine that has seen the classes once can archive them, and the next ones start in a third of the time. */
    private static void showAllClassesAndEnd(LogStore store) {
        for (long i = 1; i <= SLOTS; i++) {
            long number = i;
            store.write(tx -> {
                tx.put(Counter.TABLE, Counter.of(counter(0), number));
                tx.put(Crate.TABLE, crate(0, number));
                return "done";
            });
        }
        store.checkpoint();
        store.close();
    }

    private static void writeForEver(LogStore store, int writer) {
        // one write(2) for each line and nothing buffered: what is in the pipe was acknowledged, and a line is there
        // whole or not at all
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        try {
            while (true) {
                long number = store.write(tx -> {
                    long next = Counter.value(tx, counter(writer)) + 1;
                    tx.put(Counter.TABLE, Counter.of(counter(writer), next));
                    tx.put(Crate.TABLE, crate(writer, next));
                    return next;
                });
                out.write((writer + " " + number + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nobody reads any more", e);
        }
    }
}
