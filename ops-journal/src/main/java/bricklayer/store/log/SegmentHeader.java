package bricklayer.store.log;

import bricklayer.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment, the file {@code log-<first sequence>.seg}. Big endian:
 *
 * <pre>
 *   offset length
 *        0      8  "BRICKLOG"
 *        8      4  format version, 1
 *       12      4  zero
 *       16      8  sequence of the first transaction in this segment
 *       24     32  hash of the last frame before this segment; zero in the first
 *       56      4  zero
 *       60      4  CRC32C of the 60 bytes before
 *       64         frames, one after the other, then zeros to the end of the file
 * </pre>
 *
 * <p>The file is made with all its zeros and this header, flushed, and then given its name, so a header cannot be torn: a bad one is
 * damage.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SegmentHeader(long firstSequence, byte[] previousHash) {

    static final int LENGTH = 64;

    private static final byte[] MAGIC = "BRICKLOG".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int CHECKED = 60;
    private static final Pattern NAME = Pattern.compile("log-([0-9]{19})\\.seg");

    static String fileName(long firstSequence) {
        return "log-%019d.seg".formatted(firstSequence);
    }

    /** The first sequence that a file's name promises; empty when it is not the name of a segment. */
    static OptionalLong firstSequence(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .putInt(FORMAT)
                .putInt(0)
                .putLong(firstSequence)
                .put(previousHash)
                .putInt(0);
        return bytes.putInt(crc(bytes.array())).array();
    }

    /**
     * Reads a header; empty when it is damaged.
     *
     * @throws StoreException when a newer release wrote it
     */
    static Optional<SegmentHeader> read(Path file, byte[] segment) {
        if (segment.length < LENGTH) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        byte[] magic = new byte[MAGIC.length];
        bytes.get(magic);
        int format = bytes.getInt();
        bytes.getInt();
        long firstSequence = bytes.getLong();
        byte[] previousHash = new byte[Frame.HASH_LENGTH];
        bytes.get(previousHash);
        bytes.getInt();
        if (!Arrays.equals(magic, MAGIC) || bytes.getInt() != crc(segment)) {
            return Optional.empty();
        }
        if (format != FORMAT) {
            throw new StoreException(file + " has log format " + format + ", and this release reads format " + FORMAT
                    + "; start the release that wrote it, or a newer one");
        }
        return Optional.of(new SegmentHeader(firstSequence, previousHash));
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKED);
        return (int) crc.getValue();
    }
}
