package bricklayer.executor.remote;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the beginning of what it is given and drops the rest, so that a chatty command costs no memory and is not held up. Written by the
 * connection's thread; to be read once that has closed the channel.
 */
public final class CappedOutput extends OutputStream {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private final Runnable onClose;
    private boolean truncated;

    public CappedOutput(int limit, Runnable onClose) {
        this.limit = limit;
        this.onClose = onClose;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int room = Math.min(length, limit - kept.size());
        kept.write(bytes, from, room);
        truncated |= room < length;
    }

    @Override
    public void close() {
        onClose.run();
    }

    public boolean truncated() {
        return truncated;
    }

    public String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
