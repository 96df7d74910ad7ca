package bricklayer.store.image;

import bricklayer.store.Row;
import bricklayer.store.Table;

/** What a transaction did to one key, the last word of it. */
public sealed interface Change {

    Table<?, ?> table();

    String key();

    record Put(Table<?, ?> table, String key, Row<?> row) implements Change {}

    record Delete(Table<?, ?> table, String key) implements Change {}
}
