package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Connection;
import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Reply;
import bricklayer.tools.bench.load.Volumes;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.Nodes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A node goes away at full. */
public final class NodeLoss implements Scenario {

    /** The first node of the first cluster, as the records of a generated world name it. */
    private static final String NODE = "node-0-0.example.org";

    private static final Pattern UP =
            Pattern.compile("bricklayer_node_up\\{[^}]*hostname=\"" + Pattern.quote(NODE) + "\"[^}]*} ([0-9.]+)");
    private static final long NOTICED_MAX = 300_000_000_000L;

    @Override
    public String name() {
        return "nodeloss";
    }

    @Override
    public String about() {
        return "At full a node becomes unreachable, as a fault on purpose; nodes are asked every 5 s (refresh_time_monitor_gluster_nodes; 120 unless it is set). The time counts until the server knows it, by bricklayer_node_up, with no request for that cluster; creates in another cluster are measured before and after.";
    }

    @Override
    public void run(Stand stand, Findings to) {
        Subject subject = stand.full();
        int count = stand.settings().quick() ? 20 : 300;
        List<String> clusters = Nodes.clustersOf(subject.target());
        String elsewhere = elsewhere(subject, clusters);
        Creating.warmUp(subject, stand.settings().clients(), stand.settings().warmUp());
        stand.progress().say("before");
        subject.crew(1).all((connection, client) -> {
            Latencies before = creates(connection, elsewhere, count);
            await(connection, "1.0");
            faults(
                    connection,
                    "{\"rules\":[{\"name\":\"gone\",\"node\":\"" + NODE
                            + "\",\"questions\":true,\"act\":\"unreachable\"}]}");
            stand.progress().say("until it is noticed");
            to.figure("noticed", "s", await(connection, "0.0"));
            stand.progress().say("after");
            Latencies after = creates(connection, elsewhere, count);
            faults(connection, "{\"rules\":[]}");
            to.figure("create p50 elsewhere, before", "ms", before.millis(50));
            to.figure("create p99 elsewhere, before", "ms", before.millis(99));
            to.figure("create p50 elsewhere, after", "ms", after.millis(50));
            to.figure("create p99 elsewhere, after", "ms", after.millis(99));
            to.figure("create p50 elsewhere, after to before", "times", after.millis(50) / before.millis(50));
            stand.progress().say("until it is back");
            to.figure("return noticed", "s", await(connection, "1.0"));
        });
    }

    private static String elsewhere(Subject subject, List<String> clusters) {
        String[] found = {""};
        subject.crew(1).all((connection, client) -> {
            for (String cluster : clusters) {
                String nodes = Reads.list(connection.get("/clusters/" + cluster).text(), "nodes");
                String first =
                        connection.get("/nodes/" + Nodes.ids(nodes).getFirst()).text();
                if (!first.contains("\"node-0-")) {
                    found[0] = cluster;
                    return;
                }
            }
            throw new LoadFailed("there is no second cluster");
        });
        return found[0];
    }

    private static Latencies creates(Connection connection, String cluster, int count) throws IOException {
        Volumes volumes = new Volumes(Creating.GIB, Optional.of(cluster));
        Latencies latencies = new Latencies();
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            String id = volumes.create(connection);
            latencies.add(System.nanoTime() - began);
            volumes.delete(connection, id);
        }
        return latencies;
    }

    private static void faults(Connection connection, String rules) throws IOException {
        Reply reply = connection.send("POST", "/internal/faults", rules);
        if (reply.status() != 200) {
            throw new LoadFailed("faults on purpose were refused: " + reply.status() + " " + reply.text());
        }
    }

    /** Returns how many seconds it took. */
    private static double await(Connection connection, String wanted) throws IOException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < NOTICED_MAX) {
            boolean seen = UP.matcher(connection.get("/metrics").text())
                    .results()
                    .anyMatch(match -> match.group(1).equals(wanted));
            if (seen) {
                return (System.nanoTime() - began) / 1e9;
            }
            LockSupport.parkNanos(200_000_000);
        }
        throw new LoadFailed(NODE + " is not known to be " + (wanted.equals("1.0") ? "up" : "away") + " after "
                + NOTICED_MAX / 1e9 + " s");
    }
}
