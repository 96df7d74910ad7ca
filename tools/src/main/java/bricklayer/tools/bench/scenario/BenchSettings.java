package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.server.Nodes;
import bricklayer.tools.bench.server.ServerSettings;
import java.time.Duration;

/**
 * How much is done.
 *
 * @param volumes of a full database
 * @param burst volumes that are asked for at once
 * @param runs of what is short
 * @param nodes of the usual world
 * @param seconds of steady load
 * @param rate operations a second of steady load; 0 for half of what the server can do
 * @param slow how long a command takes where nodes are not infinitely fast
 */
public record BenchSettings(
        int volumes,
        int burst,
        int clients,
        int runs,
        int seconds,
        double rate,
        Nodes nodes,
        ServerSettings server,
        Duration slow,
        boolean quick) {

    /** Work before measuring, so that what the compiler of the JVM does is over. */
    public int warmUp() {
        return quick ? 200 : 2_000;
    }
}
