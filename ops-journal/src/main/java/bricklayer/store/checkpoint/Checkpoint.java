package bricklayer.store.checkpoint;

/**
 * A finished checkpoint.
 *
 * @param sequence of the last transaction it holds
 */
public record Checkpoint(String file, long sequence) {}
