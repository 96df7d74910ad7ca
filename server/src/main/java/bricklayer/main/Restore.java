package bricklayer.main;

import bricklayer.dump.Generation;
import bricklayer.operation.Ids;
import bricklayer.store.StoreException;
import bricklayer.store.log.LogStore;
import bricklayer.store.log.RowsAt;
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
        LogStore.restore(backup, Tuning.journal(data));
        renew(data);
    }

    /**
     * The records in {@code data} are those of a moment, under a new generation id.
     *
     * @throws StoreException when there are records in {@code data} already
     */
    public static void into(Path data, RowsAt rows) {
        LogStore.restore(rows, InstantSource.system().instant(), Tuning.journal(data));
        renew(data);
    }

    private static void renew(Path data) {
        try (LogStore store = OfflineStore.USUAL.open(Tuning.journal(data))) {
            Generation.renew(store, new Ids(new SecureRandom()));
        }
    }
}
