package bricklayer.store.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A batch of write transactions that became durable with one flush. Big endian:
 *
 * <pre>
 *   offset length
 *        0      4  "BFRM"
 *        4      4  length of the payload
 *        8      8  sequence of the first transaction
 *       16      4  number of transactions, at least 1; their sequences follow each other
 *       20      4  CRC32C of the 20 bytes before and all bytes after
 *       24     32  SHA-256 of the whole frame before; zero in the first frame of all
 *       56         payload: the transactions, see {@link LoggedTransaction}
 * </pre>
 *
 * <p>The CRC tells a torn frame, the hash and the sequence tell a frame that is whole but not in its place.
 *
 * @param segment the bytes of the segment it lies in; not copied
 * @param offset of the frame in the segment
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Frame(byte[] segment, int offset, int payloadLength, long firstSequence, int count) {

    static final int HEADER = 56;
    static final int HASH_LENGTH = 32;

    private static final int MAGIC = 0x4246524D;
    private static final int CRC_OFFSET = 20;
    private static final int HASH_OFFSET = 24;

    /** The bytes of a frame. */
    static byte[] bytes(long firstSequence, List<byte[]> transactions, int payloadLength, byte[] previousHash) {
        byte[] frame = new byte[HEADER + payloadLength];
        ByteBuffer bytes = ByteBuffer.wrap(frame)
                .putInt(MAGIC)
                .putInt(payloadLength)
                .putLong(firstSequence)
                .putInt(transactions.size())
                .putInt(0)
                .put(previousHash);
        for (byte[] transaction : transactions) {
            bytes.put(transaction);
        }
        ByteBuffer.wrap(frame).putInt(CRC_OFFSET, crc(frame, 0, frame.length));
        return frame;
    }

    /** The frame that begins here; empty when there is none or its checksum does not match. Says nothing about its place in the chain. */
    static Optional<Frame> read(byte[] segment, int offset) {
        return readHeader(segment, offset).filter(Frame::matchesItsChecksum);
    }

    /** The frame that would begin here if its header could be trusted; empty when it cannot be one. */
    static Optional<Frame> readHeader(byte[] segment, int offset) {
        if (segment.length - offset < HEADER) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        int length = bytes.getInt(offset + 4);
        long firstSequence = bytes.getLong(offset + 8);
        int count = bytes.getInt(offset + 16);
        boolean possible = bytes.getInt(offset) == MAGIC
                && length >= 0
                && length <= segment.length - offset - HEADER
                && firstSequence >= 1
                && count >= 1;
        return possible ? Optional.of(new Frame(segment, offset, length, firstSequence, count)) : Optional.empty();
    }

    private boolean matchesItsChecksum() {
        return ByteBuffer.wrap(segment).getInt(offset + CRC_OFFSET) == crc(segment, offset, HEADER + payloadLength);
    }

    /**
     * The next whole frame at or after an offset, wherever it begins. Text in rows cannot pass for one: JSON escapes control characters, and
     * a frame has zero bytes in its header.
     */
    static Optional<Frame> find(byte[] segment, int from) {
        for (int offset = from; offset <= segment.length - HEADER; offset++) {
            if (segment[offset] == (byte) (MAGIC >>> 24)) {
                Optional<Frame> frame = read(segment, offset);
                if (frame.isPresent()) {
                    return frame;
                }
            }
        }
        return Optional.empty();
    }

    int end() {
        return offset + HEADER + payloadLength;
    }

    long lastSequence() {
        return firstSequence + count - 1;
    }

    boolean follows(byte[] previousHash) {
        return Arrays.equals(
                segment, offset + HASH_OFFSET, offset + HASH_OFFSET + HASH_LENGTH, previousHash, 0, HASH_LENGTH);
    }

    byte[] hash() {
        return hash(segment, offset, HEADER + payloadLength);
    }

    ByteBuffer payload() {
        return ByteBuffer.wrap(segment, offset + HEADER, payloadLength).slice();
    }

    static byte[] hash(byte[] bytes, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, offset, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, CRC_OFFSET);
        crc.update(bytes, offset + HASH_OFFSET, length - HASH_OFFSET);
        return (int) crc.getValue();
    }
}
