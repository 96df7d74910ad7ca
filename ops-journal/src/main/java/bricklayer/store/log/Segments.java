package bricklayer.store.log;

import bricklayer.store.disk.DurablePoint;
import bricklayer.store.disk.Folder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The segment files of one folder. */
record Segments(Folder folder) {

    private static final int ZEROS_AT_ONCE = 1 << 20;

    /** A segment as its name tells it. */
    record Segment(Path file, long firstSequence) {}

    /** Ascending by first sequence. */
    List<Segment> list() throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (String name : folder.names()) { // the names sort as their numbers do
            OptionalLong first = SegmentHeader.firstSequence(name);
            if (first.isPresent()) {
                segments.add(new Segment(folder.file(name), first.getAsLong()));
            }
        }
        return segments;
    }

    /**
     * Makes a segment of this many bytes and opens it. The zeros are written, not only promised: a flush into space that the file has already
     * need not wait for the file system's own journal (measured: more than twice as many a second).
     */
    FileChannel create(SegmentHeader header, int bytes) throws IOException {
        String name = SegmentHeader.fileName(header.firstSequence());
        Path unfinished = folder.unfinished(name);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            writeZeros(channel, 0, bytes);
            Folder.writeFully(channel, ByteBuffer.wrap(header.bytes()), 0);
            channel.force(true);
        }
        folder.finish(name, DurablePoint.SEGMENT_CREATE);
        return open(folder.file(name));
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    static void writeZeros(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_AT_ONCE, Math.max(0, to - from)));
        for (long at = from; at < to; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            Folder.writeFully(channel, zeros, at);
        }
    }

    /** Deletes or archives the segments that hold nothing after a transaction, the oldest first, so that a crash leaves no gap. */
    void drop(long upTo, Optional<Path> archive) throws IOException {
        List<Segment> all = list();
        for (int i = 0; i + 1 < all.size() && all.get(i + 1).firstSequence() <= upTo + 1; i++) {
            Segment segment = all.get(i);
            folder.at(DurablePoint.SEGMENT_DROP, () -> {
                if (archive.isPresent()) {
                    archive(segment.file(), archive.get());
                } else {
                    Files.delete(segment.file());
                }
            });
        }
    }

    private static void archive(Path file, Path archive) throws IOException {
        Files.createDirectories(archive);
        Path unfinished = archive.resolve(file.getFileName() + Folder.UNFINISHED);
        Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
        Folder.forceFile(unfinished);
        Files.move(
                unfinished,
                archive.resolve(file.getFileName()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Folder.force(archive);
        Files.delete(file);
    }
}
