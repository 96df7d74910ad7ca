package bricklayer.backup;

import bricklayer.store.StoreException;
import bricklayer.store.checkpoint.CheckpointDamaged;
import bricklayer.store.checkpoint.Checkpoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A backup as its name tells it: {@code records-20261121T143000Z-0000000000000004711.backup}. Beside it lies its checksum, in the form that {@code sha256sum -c} takes.
 *
 * @param sequence of the last transaction in it
 */
public record BackupFile(Path file, Instant taken, long sequence) {

    private static final Pattern NAME = Pattern.compile("records-([0-9]{8}T[0-9]{6}Z)-([0-9]{19})\\.backup");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int BUFFER = 1 << 16;

    /** Those of a folder, oldest first. */
    public static List<BackupFile> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> of(file).stream())
                    .sorted(Comparator.comparing(BackupFile::taken).thenComparingLong(BackupFile::sequence))
                    .toList();
        } catch (IOException e) {
            throw new StoreException("cannot list the backups in " + folder + ": " + e, e);
        }
    }

    private static Optional<BackupFile> of(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new BackupFile(file, Instant.from(TIME.parse(name.group(1))), Long.parseLong(name.group(2))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String name(Instant taken, long sequence) {
        return "records-%s-%019d.backup".formatted(TIME.format(taken), sequence);
    }

    static Path checksumOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".sha256");
    }

    /** The line that lies beside the file. */
    static String checksumLine(String sha256, Path file) {
        return sha256 + "  " + file.getFileName() + "\n";
    }

    /**
     * What was found when a backup was read.
     *
     * @param sha256 of the file, in hexadecimal
     */
    public record Contents(long sequence, Instant taken, long rows, long bytes, String sha256) {}

    /**
     * Reads a file whole: its checksum against the one beside it, when there is one, and its rows against the counts and checksums in it.
     *
     * @throws StoreException when it is not a whole backup
     */
    public static Contents verify(Path file) {
        try {
            String sha256 = sha256(file);
            Path beside = checksumOf(file);
            if (Files.exists(beside) && !Files.readString(beside).startsWith(sha256)) {
                throw new StoreException(file + " is not what was written: its checksum is " + sha256 + ", and "
                        + beside + " names another");
            }
            long[] rows = {0};
            Checkpoints.Taken taken = Checkpoints.read(file, row -> rows[0]++);
            return new Contents(taken.sequence(), taken.taken(), rows[0], Files.size(file), sha256);
        } catch (CheckpointDamaged e) {
            throw new StoreException(file + " is not a whole backup: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StoreException("cannot read " + file + ": " + e, e);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {}
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
