package bricklayer.gluster;

/**
 * What {@code gluster snapshot info} says about one snapshot.
 *
 * @param active mounted and served
 */
public record SnapshotInfo(String name, boolean active) {}
