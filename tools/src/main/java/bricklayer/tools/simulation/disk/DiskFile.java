package bricklayer.tools.simulation.disk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/** The bytes of a file twice: as every process sees them, and as they would be after a power cut. */
final class DiskFile {

    /** What a disk writes as a whole or not at all. */
    private static final int SECTOR = 512;

    private byte[] seen = new byte[0];
    private byte[] stored = new byte[0];
    private int length;
    private int storedLength;
    private final BitSet dirty = new BitSet();

    int length() {
        return length;
    }

    int read(byte[] into, int from, int at, int most) {
        if (at >= length) {
            return -1;
        }
        int count = Math.min(most, length - at);
        System.arraycopy(seen, at, into, from, count);
        return count;
    }

    void write(byte[] bytes, int count, int at) {
        if (count == 0) {
            return;
        }
        int end = Math.addExact(at, count);
        if (end > seen.length) {
            seen = Arrays.copyOf(seen, end);
        }
        System.arraycopy(bytes, 0, seen, at, count);
        length = Math.max(length, end);
        dirty.set(at / SECTOR, (end - 1) / SECTOR + 1);
    }

    void truncate(int to) {
        if (to < length) {
            Arrays.fill(seen, to, length, (byte) 0);
            length = to;
            dirty.set(to / SECTOR);
        }
    }

    /** Everything written so far outlives a power cut. */
    void flush() {
        dirty.stream().forEach(this::store);
        storedLength = length;
        dirty.clear();
    }

    /**
     * A flush that failed. As Linux does it, what could not be written counts as clean from now on: nobody writes it again by flushing again.
     */
    void flushInVain(SplittableRandom random) {
        dirty.stream().filter(sector -> random.nextBoolean()).forEach(this::store);
        storedLength = Math.max(storedLength, random.nextBoolean() ? length : 0);
        dirty.clear();
    }

    /** What was not flushed may be there or not, sector by sector. */
    void cutPower(SplittableRandom random) {
        dirty.stream().filter(sector -> random.nextBoolean()).forEach(this::store);
        if (length > storedLength && random.nextBoolean()) {
            storedLength = length;
        }
        dirty.clear();
        seen = Arrays.copyOf(stored, storedLength);
        length = storedLength;
    }

    private void store(int sector) {
        int from = sector * SECTOR;
        int to = Math.min(seen.length, from + SECTOR);
        if (to > stored.length) {
            stored = Arrays.copyOf(stored, Math.max(to, seen.length));
        }
        System.arraycopy(seen, from, stored, from, Math.max(0, to - from));
    }
}
