package bricklayer.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A segment as the disk gives it, which may be less than the whole. What cannot be read stands as zeros, so that what lies behind keeps its place.
 *
 * @param unread where the first part begins that the disk does not give, and why; empty when all was read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SegmentBytes(byte[] bytes, Optional<Unread> unread) {

    /** What a disk gives or refuses as a whole. */
    private static final int BLOCK = 4 << 10;

    record Unread(int offset, String why) {}

    static SegmentBytes read(Path file) {
        try {
            return new SegmentBytes(Files.readAllBytes(file), Optional.empty());
        } catch (IOException whole) {
            try (SeekableByteChannel channel = Files.newByteChannel(file)) {
                return readBlocks(channel);
            } catch (IOException none) {
                return new SegmentBytes(new byte[0], Optional.of(new Unread(0, String.valueOf(none))));
            }
        }
    }

    /** Block by block, passing over those that cannot be read. */
    static SegmentBytes readBlocks(SeekableByteChannel channel) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(channel.size())];
        Optional<Unread> unread = Optional.empty();
        for (int at = 0; at < bytes.length; at += BLOCK) {
            ByteBuffer block = ByteBuffer.wrap(bytes, at, Math.min(BLOCK, bytes.length - at));
            try {
                channel.position(at);
                while (block.hasRemaining() && channel.read(block) >= 0) {}
            } catch (IOException e) {
                if (unread.isEmpty()) {
                    unread = Optional.of(new Unread(block.position(), String.valueOf(e)));
                }
            }
        }
        return new SegmentBytes(bytes, unread);
    }
}
