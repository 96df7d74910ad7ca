package bricklayer.main;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where a server's records lie. */
public final class StoredRecords {

    private StoredRecords() {}

    /**
     * The folder of the records, for readers.
     *
     * @param data the data folder as {@code bricklayer.data} of the configuration names it, or the folder of the records itself, such as a copy of it
     */
    public static Path in(Path data) {
        Path journal = Tuning.journal(data);
        return Files.isDirectory(journal) ? journal : data;
    }
}
