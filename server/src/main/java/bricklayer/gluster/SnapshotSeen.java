package bricklayer.gluster;

/**
 * A snapshot among all of a cluster.
 *
 * @param id gluster's
 * @param volume gluster's name for the volume in it, with which the names of its logical volumes begin
 * @param origin the volume that it was taken of
 * @param active mounted and served
 */
public record SnapshotSeen(String name, String id, String volume, String origin, boolean active) {}
