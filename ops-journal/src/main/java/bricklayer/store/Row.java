package bricklayer.store;

/** Something stored in a {@link Table}: an immutable record that knows its own key. */
public interface Row<K extends Key> {

    K id();
}
