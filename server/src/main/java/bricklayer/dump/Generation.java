package bricklayer.dump;

import bricklayer.operation.Ids;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.Table;
import bricklayer.store.WriteTx;
import java.util.Optional;

/**
 * Tells the records of one server from those of another, a restored copy's among them. There is at most one row.
 *
 * @param value 32 lower-case hex digits
 */
public record Generation(Name id, String value) implements Row<Generation.Name> {

    /** Always {@code generation}. */
    public record Name(String value) implements Key {}

    private static final Name ONLY = new Name("generation");

    public static final Table<Name, Generation> TABLE = Table.of("generation", 1, Generation.class, Name::new);

    public static Optional<String> of(Rows rows) {
        return rows.get(TABLE, ONLY).map(Generation::value);
    }

    /** Makes one where there is none. One that cannot be read is one. */
    public static void ensure(Store store, Ids ids) {
        boolean unread =
                store.quarantined().stream().anyMatch(row -> row.table().equals(TABLE.name()));
        if (of(store.rows()).isEmpty() && !unread) {
            store.write(tx -> of(tx).orElseGet(() -> put(tx, ids)));
        }
    }

    /** For records that were copied from another server's. */
    public static void renew(Store store, Ids ids) {
        store.write(tx -> put(tx, ids));
    }

    private static String put(WriteTx tx, Ids ids) {
        Generation next = new Generation(ONLY, ids.next());
        tx.put(TABLE, next);
        return next.value();
    }
}
