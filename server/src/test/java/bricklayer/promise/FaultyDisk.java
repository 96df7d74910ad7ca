package bricklayer.promise;

import bricklayer.fault.Crash;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.fault.Faults;
import bricklayer.store.disk.DurablePoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Stands between a store and the disk: remembers what has been flushed, and at the n-th flush lets happen what a disk does when it fails. What was not flushed is then on the disk, or half of it, or
 * nothing.
 */
final class FaultyDisk implements Faults {

    /** As long as a cut takes to spread. A process that believes too early that its write is safe goes on meanwhile. */
    private static final long CUT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path folder;
    private final Optional<DiskFault> fault;
    private final int n;
    private final Runnable death;
    private byte[] flushed = {};
    private boolean watched;
    private int flushes;
    private volatile boolean struck;
    private volatile boolean broken;

    /**
     * @param fault at the n-th flush since {@link #watch}; empty for none
     * @param death is told when the process dies of it
     */
    FaultyDisk(Path folder, Optional<DiskFault> fault, int n, Runnable death) {
        this.folder = folder;
        this.fault = fault;
        this.n = n;
        this.death = death;
    }

    /** Counting begins. */
    void watch() {
        flushed = read();
        watched = true;
    }

    int flushes() {
        return flushes;
    }

    boolean hasStruck() {
        return struck;
    }

    /** The next process finds a disk that works. */
    void mend() {
        broken = false;
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(segment());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .reduce((first, last) -> last)
                    .orElseThrow();
        }
    }

    /** Puts half of the log's file aside, and returns what brings it back. */
    Runnable shorten() throws IOException {
        Path file = segment();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, lastByte(whole) / 2));
        return () -> {
            try {
                Files.write(file, whole);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static int lastByte(byte[] bytes) {
        int last = bytes.length - 1;
        while (last > 0 && bytes[last] == 0) {
            last--;
        }
        return last + 1;
    }

    @Override
    public void reach(FaultPoint point) {
        if (broken) {
            throw new Crash(point);
        }
        if (!watched || !point.where().equals(DurablePoint.FRAME_FLUSH.where())) {
            return;
        }
        if (point.moment() == Moment.AFTER) {
            if (strikes() && isAfter(fault.orElseThrow())) {
                die(point);
            }
            flushed = read();
            return;
        }
        flushes++;
        if (strikes() && !isAfter(fault.orElseThrow())) {
            strike(point, fault.orElseThrow());
        }
    }

    private static boolean isAfter(DiskFault fault) {
        return fault == DiskFault.POWER_CUT_AFTER_FLUSH || fault == DiskFault.SHORT_READ;
    }

    private boolean strikes() {
        return fault.isPresent() && !struck && flushes == n;
    }

    private void strike(FaultPoint point, DiskFault what) {
        struck = true;
        if (what.isDeath()) {
            LockSupport.parkNanos(CUT_NANOS);
        }
        switch (what) {
            case POWER_CUT, FULL, FLUSH_FAILS -> keep(0);
            case TORN, FULL_HALF_WAY -> keep(2);
            default -> {}
        }
        if (what.isDeath()) {
            die(point);
        }
        throw new UncheckedIOException(new IOException("failed by the test: " + what.words()));
    }

    private void die(FaultPoint point) {
        struck = true;
        broken = true;
        death.run();
        throw new Crash(point);
    }

    /** @param part one of so many parts of what was written since the last flush stays; 0 for none */
    private void keep(int part) {
        byte[] now = read();
        int begin = Arrays.mismatch(now, flushed);
        if (begin < 0) {
            return;
        }
        int stays = part == 0 ? begin : begin + (lastByte(now) - begin) / part;
        byte[] left = Arrays.copyOf(flushed, now.length);
        System.arraycopy(now, begin, left, begin, stays - begin);
        try (FileChannel file = FileChannel.open(segment(), StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(left);
            while (bytes.hasRemaining()) {
                file.write(bytes, bytes.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
