package bricklayer.lvm;

/**
 * What is there of a thin pool and its volume.
 *
 * @param emptyPool the pool is there, and no volume at all is in it
 */
public record ThinLvSeen(boolean volume, boolean emptyPool) {}
