package bricklayer.operation;

import bricklayer.store.QuarantinedRow;

/**
 * A new operation would change what a row that cannot be read may speak of: a volume of which one brick's record is not understood, say. Nothing was begun. What would be left behind, or done
 * twice, nobody could tell.
 */
public final class RowInDoubt extends RuntimeException {

    private final transient QuarantinedRow row;

    RowInDoubt(String what, QuarantinedRow row) {
        super(what + " is named by row " + row.table() + "/" + row.key() + ", which cannot be read: " + row.reason());
        this.row = row;
    }

    RowInDoubt(RuntimeException fault, QuarantinedRow row) {
        super(
                "this cannot be planned while rows cannot be read, such as " + row.table() + "/" + row.key() + ": "
                        + row.reason() + " (" + fault.getMessage() + ")",
                fault);
        this.row = row;
    }

    public QuarantinedRow row() {
        return row;
    }
}
