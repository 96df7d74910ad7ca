package bricklayer.store.log;

import bricklayer.store.Store;
import bricklayer.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LogStoreContractTest extends StoreContract {

    @TempDir
    private Path folder;

    @Override
    protected Store open() {
        return Crates.open(folder);
    }
}
