package bricklayer.executor.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of keys trusted on first use. */
final class RecordedHostKeys {

    private RecordedHostKeys() {}

    /** Durable when it returns: a key that was trusted once must be the one after a crash, too. */
    static synchronized void append(Path file, String name, HostKey key) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            String line = name + " " + key.type() + " " + key.base64() + "\n";
            ByteBuffer bytes = ByteBuffer.wrap((newLineIfTorn(channel) + line).getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A crash may have left half a line, or an editor no line end. */
    private static String newLineIfTorn(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            return "";
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n' ? "" : "\n";
    }
}
