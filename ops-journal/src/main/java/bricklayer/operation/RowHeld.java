package bricklayer.operation;

import bricklayer.store.Key;
import bricklayer.store.Table;

/** A row that a new operation needs is marked by one that has not ended. Nothing was begun. */
public class RowHeld extends RuntimeException {

    private final transient OperationId holder;

    public RowHeld(Table<?, ?> table, Key key, Operation holder) {
        super("row " + table + "/" + key.value() + " is held by operation " + holder.id() + " (" + holder.kind()
                + ", begun " + holder.begun() + "); wait until that has ended");
        this.holder = holder.id();
    }

    public OperationId holder() {
        return holder;
    }
}
