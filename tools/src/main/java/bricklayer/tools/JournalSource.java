package bricklayer.tools;

import bricklayer.main.StoredRecords;
import bricklayer.store.log.JournalReader;
import bricklayer.store.log.JournalReader.Until;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which records a command reads. It takes no lock, so a server may run on them. */
final class JournalSource {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description =
                    "The data folder, as bricklayer.data of the configuration names it, or a copy of its folder journal."
                            + " A server may be running on it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path data;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "A folder with older segments (bricklayer.store.archive), to reach further back.")
    private List<Path> archives = new ArrayList<>();

    JournalReader open(List<Path> backups) {
        return new JournalReader(StoredRecords.in(data), archives, backups);
    }

    /**
     * A moment as people write it: the number of a transaction, or a time.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Until until(String text) {
        return text.matches("[0-9]{1,18}") ? new Until.Sequence(Long.parseLong(text)) : new Until.Time(time(text));
    }

    /**
     * A time with its offset.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time: " + text
                    + "; expected something like 2026-11-21T14:30:00Z or 2026-11-21T15:30:00+01:00");
        }
    }
}
