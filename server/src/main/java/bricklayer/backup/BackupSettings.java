package bricklayer.backup;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where backups go, and when.
 *
 * @param folder of the backups; best on another disk than the records
 * @param period from one to the next
 * @param kept how many; the oldest go first
 */
public record BackupSettings(Path folder, Duration period, int kept) {

    /** Where segments of the log go, when they are kept. */
    public Path archive() {
        return folder.resolve("log");
    }
}
