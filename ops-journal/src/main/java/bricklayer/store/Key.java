package bricklayer.store;

/** What a row is found by. Implemented by one record per kind of row, so that two ids cannot be swapped. */
public interface Key {

    /** The key as stored: not empty, without control characters. Rows are ordered by it, as {@link String#compareTo} does. */
    String value();
}
