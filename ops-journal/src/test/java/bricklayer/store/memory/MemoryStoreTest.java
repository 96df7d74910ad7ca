package bricklayer.store.memory;

import bricklayer.store.Store;
import bricklayer.store.StoreContract;

final class MemoryStoreTest extends StoreContract {

    @Override
    protected Store open() {
        return new MemoryStore(SCHEMA);
    }
}
