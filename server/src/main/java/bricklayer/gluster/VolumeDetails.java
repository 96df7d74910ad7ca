package bricklayer.gluster;

import java.util.List;
import java.util.Map;

/**
 * All that {@code gluster volume info} says about one volume, for people to look at. Numbers are gluster's, and 0 where its release does not say.
 *
 * @param options those that were set, in gluster's order
 */
public record VolumeDetails(
        String name,
        String id,
        int status,
        String statusText,
        int brickCount,
        int distCount,
        int stripeCount,
        int replicaCount,
        int arbiterCount,
        int disperseCount,
        int redundancyCount,
        int type,
        String typeText,
        int transport,
        List<Brick> bricks,
        int optCount,
        List<Map.Entry<String, String>> options) {

    public VolumeDetails {
        bricks = List.copyOf(bricks);
        options = List.copyOf(options);
    }

    /**
     * One brick.
     *
     * @param uuid of its node, as an attribute says it; empty where gluster leaves it out
     * @param name {@code host:path}
     * @param hostUuid of its node
     */
    public record Brick(String uuid, String name, String hostUuid, boolean arbiter) {}
}
