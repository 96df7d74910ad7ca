package bricklayer.operation;

import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;

/** What will be true of one row when its operation has ended. From begin to end the row is marked pending, and no other operation may change it. */
public sealed interface RowChange {

    Table<?, ?> table();

    Key key();

    /** The row exists from begin on, marked, so that the space it takes is taken; an operation that is taken back deletes it. */
    record Create<K extends Key, V extends Row<K>>(Table<K, V> table, V row) implements RowChange {
        @Override
        public Key key() {
            return row.id();
        }
    }

    /** The row changes at the end. {@code after} replaces the whole row: nobody else can change it meanwhile. */
    record Update<K extends Key, V extends Row<K>>(Table<K, V> table, V after) implements RowChange {
        @Override
        public Key key() {
            return after.id();
        }
    }

    /** The row disappears at the end. */
    record Delete<K extends Key, V extends Row<K>>(Table<K, V> table, V row) implements RowChange {
        @Override
        public Key key() {
            return row.id();
        }
    }

    /** The row stays as it is, but no other operation may change it meanwhile. */
    record Hold<K extends Key, V extends Row<K>>(Table<K, V> table, V row) implements RowChange {
        @Override
        public Key key() {
            return row.id();
        }
    }
}
