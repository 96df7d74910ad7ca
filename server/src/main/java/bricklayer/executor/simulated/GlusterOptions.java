package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Layout;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which options gluster knows. Not their names one by one: those of a family that gluster has. */
final class GlusterOptions {

    private static final Set<String> FAMILIES = Set.of(
            "auth",
            "changelog",
            "client",
            "cluster",
            "config",
            "ctime",
            "debug",
            "diagnostics",
            "disperse",
            "features",
            "ganesha",
            "geo-replication",
            "locks",
            "network",
            "nfs",
            "performance",
            "rebal-throttle",
            "server",
            "ssl",
            "storage",
            "transport",
            "user");

    private static final Map<String, Map<String, String>> GROUPS = Map.of(
            "metadata-cache",
            Map.of(
                    "features.cache-invalidation", "on",
                    "performance.stat-prefetch", "on",
                    "performance.md-cache-timeout", "600",
                    "network.inode-lru-limit", "200000"),
            "gluster-block",
            Map.of(
                    "performance.quick-read", "off",
                    "performance.read-ahead", "off",
                    "performance.io-cache", "off",
                    "performance.open-behind", "off",
                    "network.remote-dio", "disable",
                    "features.shard", "on",
                    "server.allow-insecure", "on"),
            "virt",
            Map.of(
                    "performance.quick-read", "off",
                    "performance.read-ahead", "off",
                    "performance.io-cache", "off",
                    "network.remote-dio", "disable",
                    "features.shard", "on",
                    "user.cifs", "off"));

    private GlusterOptions() {}

    static Map<String, String> defaults(Layout layout) {
        Map<String, String> options = new TreeMap<>(
                Map.of("storage.fips-mode-rchecksum", "on", "transport.address-family", "inet", "nfs.disable", "on"));
        if (layout.replica() > 1) {
            options.put("cluster.granular-entry-heal", "on");
            options.put("performance.client-io-threads", "off");
        }
        return options;
    }

    /** What is set by a key and a value: one option, or those of a group. Empty when gluster does not know it. */
    static Optional<Map<String, String>> meantBy(String key, String value) {
        if (key.equals("group")) {
            return Optional.ofNullable(GROUPS.get(value));
        }
        int dot = key.indexOf('.');
        return dot > 0 && FAMILIES.contains(key.substring(0, dot)) ? Optional.of(Map.of(key, value)) : Optional.empty();
    }

    static String unknown(String key, String value) {
        return key.equals("group")
                ? "Unable to open file '/var/lib/glusterd/groups/" + value + "'."
                : "option : " + key + " does not exist";
    }
}
