package bricklayer.tools.bench.server;

import java.time.Duration;
import java.util.List;

/**
 * How a server is started to be measured.
 *
 * @param heap as {@code -Xmx} takes it
 * @param inFlight operations for requests at the same time
 * @param commandTime how long each command on a simulated node takes
 * @param flags of its JVM, beside those that the script gives
 */
public record ServerSettings(String heap, int inFlight, Duration commandTime, List<String> flags) {

    public static final String ADMIN_KEY = "the key of the benchmark, long enough";

    public ServerSettings {
        flags = List.copyOf(flags);
    }

    public ServerSettings taking(Duration time) {
        return new ServerSettings(heap, inFlight, time, flags);
    }

    public ServerSettings withHeap(String size) {
        return new ServerSettings(size, inFlight, commandTime, flags);
    }

    String config(int port, String data, String nodes) {
        return """
                {
                  "_about": "Made by bricklayer bench. Nodes are simulated.",
                  "port": "%d",
                  "jwt": { "admin": { "key": "%s" }, "user": { "key": "another key of the benchmark" } },
                  "glusterfs": { "executor": "mock", "loglevel": "warning", "max_inflight_operations": %d, "max_volumes_per_cluster": -1, "refresh_time_monitor_gluster_nodes": 5 },
                  "bricklayer": { "data": "%s", "http": { "bind_address": "127.0.0.1" }, "fault_injection": true, "simulated": { "folder": "%s", "command_delay_ms": %d } }
                }
                """.formatted(port, ADMIN_KEY, inFlight, data, nodes, commandTime.toMillis());
    }
}
