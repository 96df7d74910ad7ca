package bricklayer.store.disk;

import bricklayer.fault.FaultPoint;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.fault.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder a store lies in. A file appears under its name only when its contents are on the disk: it is written under a name that ends in
 * {@link #UNFINISHED}, flushed, renamed, and then the folder itself is flushed (see fsync(2): flushing a file does not flush its name).
 *
 * <p>Each durable act is a pair of fault points around it.
 */
public record Folder(Path path, Faults faults) {

    /** What lies under such a name was never finished, and may be deleted by whoever holds the folder's lock. */
    public static final String UNFINISHED = ".tmp";

    /** Something that changes what is on the disk. */
    @FunctionalInterface
    public interface Act {
        void run() throws IOException;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    public Path unfinished(String name) {
        return path.resolve(name + UNFINISHED);
    }

    /** The names of all files, in their order. */
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    public void at(DurablePoint point, Act act) throws IOException {
        faults.reach(new FaultPoint(point.where(), Moment.BEFORE));
        act.run();
        faults.reach(new FaultPoint(point.where(), Moment.AFTER));
    }

    /** Gives a file that was written under {@link #unfinished} and flushed its name, in place of the file that had it. */
    public void finish(String name, DurablePoint point) throws IOException {
        at(point, () -> {
            Files.move(
                    unfinished(name), file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(path);
        });
    }

    /** Deletes a file. Its name may come back after a power cut until the folder is flushed the next time. */
    public void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** Flushes the names in a folder. */
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Flushes a file with its length. */
    public static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    public static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
