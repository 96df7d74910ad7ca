package bricklayer.main;

import bricklayer.store.QuarantinedRow;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.StoreException;
import bricklayer.store.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store that takes no writes because somebody decided so. Whoever asks sees it as any other that is read-only, so nothing is begun, taken up or forgotten. */
record LockedStore(Store store, String why) implements Store {

    @Override
    public Rows rows() {
        return store.rows();
    }

    @Override
    public <T> T write(Function<? super WriteTx, T> work) {
        throw new StoreException("cannot write: " + why);
    }

    @Override
    public List<QuarantinedRow> quarantined() {
        return store.quarantined();
    }

    @Override
    public Optional<String> readOnlyReason() {
        return Optional.of(why);
    }

    @Override
    public void close() {
        store.close();
    }
}
