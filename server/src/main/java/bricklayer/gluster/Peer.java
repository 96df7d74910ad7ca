package bricklayer.gluster;

import java.util.List;

/**
 * A member of the trusted pool.
 *
 * @param hostname as it was probed; {@code localhost} for the node that answers
 * @param names all that it was probed by, {@code hostname} among them
 */
public record Peer(String uuid, String hostname, boolean connected, List<String> names) {

    public Peer {
        names = List.copyOf(names);
    }

    /** One that goes by a single name. */
    public Peer(String uuid, String hostname, boolean connected) {
        this(uuid, hostname, connected, List.of(hostname));
    }
}
