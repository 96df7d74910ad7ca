package bricklayer.operation;

/**
 * Work that is a series of ordinary operations, one after the other, each planned when the one before has ended: emptying a device, for example. Only what is wanted is stored here, like a
 * {@link Step}; how far it has come is seen from the rows.
 */
public interface Errand {

    /** Stable and short. */
    String name();
}
