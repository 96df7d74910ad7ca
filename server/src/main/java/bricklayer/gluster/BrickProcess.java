package bricklayer.gluster;

/**
 * A brick of a started volume in {@code gluster volume status}. Bricks of nodes that are down are not shown there.
 *
 * @param brick {@code host:path}
 * @param up whether its process serves it
 */
public record BrickProcess(String volume, String brick, boolean up) {}
