package bricklayer.gluster;

/**
 * A member of the trusted pool.
 *
 * @param hostname as it was probed; {@code localhost} for the node that answers
 */
public record Peer(String uuid, String hostname, boolean connected) {}
