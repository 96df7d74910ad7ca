package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Answer of {@code GET /backups}: the backups that the server makes by itself.
 *
 * @param folder on the server; empty when none are made
 * @param periodMinutes from one to the next
 * @param kept how many
 * @param lastGood when one was last read back and found whole; empty when none was
 * @param backups oldest first
 */
public record BackupList(
        String folder,
        @JsonProperty("period_minutes") long periodMinutes,
        int kept,

        @JsonProperty("last_good") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String lastGood,

        List<Backup> backups) {

    public BackupList {
        folder = Absent.text(folder);
        lastGood = Absent.text(lastGood);
        backups = Absent.list(backups);
    }

    /**
     * One backup.
     *
     * @param sequence of the last transaction in it
     */
    public record Backup(String file, String taken, long sequence, long bytes) {

        public Backup {
            file = Absent.text(file);
            taken = Absent.text(taken);
        }
    }
}
