package bricklayer.store.log;

import bricklayer.fault.Faults;
import bricklayer.store.Store;
import bricklayer.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Each look at the rows is a look after a restart, sometimes from the log and, with checkpoints this frequent, mostly from a checkpoint. */
final class ReopenedLogStoreContractTest extends StoreContract {

    @TempDir
    private Path folder;

    @Override
    protected Store open() {
        return Crates.open(Crates.options(folder).withCheckpointBytes(2 << 10), Faults.NONE);
    }

    @Override
    protected Store reopen(Store opened) {
        opened.close();
        return open();
    }
}
