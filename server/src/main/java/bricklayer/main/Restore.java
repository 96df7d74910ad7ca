package bricklayer.main;

import bricklayer.dump.Generation;
import bricklayer.fault.Faults;
import bricklayer.operation.Ids;
import bricklayer.store.StoreException;
import bricklayer.store.log.LogStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Makes the data folder of a new server from a backup. */
public final class Restore {

    private Restore() {}

    /**
     * The records in {@code data} are those of the backup, under a new generation id.
     *
     * @param data as {@code bricklayer.data} of the configuration names it; it must hold no records yet
     * @throws StoreException when it does, or the file is not a whole backup
     */
    public static void into(Path data, Path backup) {
        Path journal = Tuning.journal(data);
        LogStore.restore(backup, journal);
        try (LogStore store = LogStore.open(
                LogStore.Options.in(journal),
                Formats.codec(),
                InstantSource.system(),
                Thread.ofPlatform().factory(),
                Faults.NONE)) {
            Generation.renew(store, new Ids(new SecureRandom()));
        }
    }
}
