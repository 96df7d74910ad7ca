package bricklayer.store.checkpoint;

import bricklayer.store.disk.DurablePoint;
import bricklayer.store.disk.Folder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Names the checkpoints that count, newest first, and the newest segment of the log, which could not be missed otherwise. Text, so that a
 * person can read it:
 *
 * <pre>
 *   bricklayer-manifest 1
 *   checkpoint FILE SEQUENCE    (none, one or two of these)
 *   segment SEQUENCE            (of the first transaction that goes into it)
 *   crc32c XXXXXXXX             (of all bytes before this line)
 * </pre>
 */
record Manifest(List<Checkpoint> checkpoints, long newestSegment) {

    static final String NAME = "manifest";

    private static final String FIRST_LINE = "bricklayer-manifest 1";
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint ([^ ]+) ([0-9]{1,18})");
    private static final Pattern SEGMENT = Pattern.compile("segment ([0-9]{1,18})");

    Manifest {
        checkpoints = List.copyOf(checkpoints);
    }

    void save(Folder folder) throws IOException {
        Path file = folder.unfinished(NAME);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Folder.writeFully(channel, ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
        }
        folder.finish(NAME, DurablePoint.MANIFEST_RENAME);
    }

    /** Empty when the file cannot be trusted. */
    static Optional<Manifest> load(Path file) throws IOException {
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    private String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        for (Checkpoint checkpoint : checkpoints) {
            text.append("checkpoint %s %d\n".formatted(checkpoint.file(), checkpoint.sequence()));
        }
        text.append("segment %d\n".formatted(newestSegment));
        return text + lastLine(text.toString());
    }

    private static Optional<Manifest> parse(String text) {
        int last = text.lastIndexOf("crc32c ");
        if (last < 0
                || !text.startsWith(FIRST_LINE + "\n")
                || !text.substring(last).equals(lastLine(text.substring(0, last)))) {
            return Optional.empty();
        }
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (String line : text.substring(FIRST_LINE.length() + 1, last).lines().toList()) {
            Matcher checkpoint = CHECKPOINT.matcher(line);
            Matcher segment = SEGMENT.matcher(line);
            if (checkpoint.matches()) {
                checkpoints.add(new Checkpoint(checkpoint.group(1), Long.parseLong(checkpoint.group(2))));
            } else if (segment.matches()) {
                return Optional.of(new Manifest(checkpoints, Long.parseLong(segment.group(1))));
            }
        }
        return Optional.empty();
    }

    private static String lastLine(String before) {
        CRC32C crc = new CRC32C();
        crc.update(before.getBytes(StandardCharsets.UTF_8));
        return "crc32c %08x\n".formatted(crc.getValue());
    }
}
