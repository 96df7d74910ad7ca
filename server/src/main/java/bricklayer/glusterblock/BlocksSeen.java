package bricklayer.glusterblock;

import bricklayer.host.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What gluster-block says about several hosting volumes and block volumes.
 *
 * @param names of the block volumes in each hosting volume that was asked for
 * @param infos by {@code hosting volume/name}; empty for one that is not there
 */
public record BlocksSeen(Map<String, Told<List<String>>> names, Map<String, Told<Optional<BlockInfo>>> infos) {

    public static final BlocksSeen NONE = new BlocksSeen(Map.of(), Map.of());

    public BlocksSeen {
        names = Map.copyOf(names);
        infos = Map.copyOf(infos);
    }
}
