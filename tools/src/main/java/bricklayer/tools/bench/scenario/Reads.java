package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Connection;
import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Reply;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.Nodes;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Reads that are measured, as several scenarios need them. */
final class Reads {

    private static final long SEED = 20_260_101;

    private Reads() {}

    /** The ids of all volumes. */
    static List<String> volumes(Subject subject) {
        String[] text = {""};
        subject.crew(1)
                .all((connection, client) ->
                        text[0] = ok(connection.get("/volumes"), "/volumes").text());
        return Nodes.ids(text[0]);
    }

    /** Reads volumes drawn by lot; returns how many a second. */
    static double volumes(Subject subject, List<String> ids, int clients, int count, Latencies latencies) {
        Random chance = new Random(SEED);
        int[] drawn = chance.ints(count, 0, ids.size()).toArray();
        long nanos = subject.crew(clients).each(count, (connection, number) -> {
            long began = System.nanoTime();
            String path = "/volumes/" + ids.get(drawn[number]);
            ok(connection.get(path), path);
            latencies.add(System.nanoTime() - began);
        });
        return count * 1e9 / nanos;
    }

    /** Reads something whole several times, and tells the time of the median and the size. */
    static void whole(Subject subject, String path, int times, Findings to) {
        Latencies latencies = new Latencies();
        long[] bytes = {0};
        subject.crew(1).all((connection, client) -> {
            for (int i = 0; i < times; i++) {
                long began = System.nanoTime();
                bytes[0] = ok(connection.count(path), path).length();
                latencies.add(System.nanoTime() - began);
            }
        });
        to.figure("GET " + path, "s", latencies.millis(50) / 1e3);
        to.figure("GET " + path + ", size", "MiB", bytes[0] / 1048576.0);
    }

    /** A walk as {@code topology info} does it: clusters, their nodes, their volumes. */
    static void walk(Connection connection, int clusters, Findings to) throws IOException {
        long began = System.nanoTime();
        int requests = 1;
        long bytes = 0;
        List<String> all = Nodes.ids(connection.get("/clusters").text());
        for (String cluster : all.subList(0, Math.min(clusters, all.size()))) {
            Reply info = ok(connection.get("/clusters/" + cluster), "/clusters/" + cluster);
            List<String> nodes = Nodes.ids(list(info.text(), "nodes"));
            List<String> volumes = Nodes.ids(list(info.text(), "volumes"));
            for (String node : nodes) {
                bytes +=
                        ok(connection.count("/nodes/" + node), "/nodes/" + node).length();
            }
            for (String volume : volumes) {
                bytes += ok(connection.count("/volumes/" + volume), "/volumes/" + volume)
                        .length();
            }
            requests += 1 + nodes.size() + volumes.size();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        to.figure("walk of " + Math.min(clusters, all.size()) + " clusters", "s", seconds);
        to.figure("walk, requests a second", "", requests / seconds);
        to.figure("walk, size", "MiB", bytes / 1048576.0);
    }

    /** The list under a key of an object, as text. */
    static String list(String json, String key) {
        int at = json.indexOf("\"" + key + "\"");
        return at < 0 ? "" : json.substring(at, Math.max(at, json.indexOf(']', at)));
    }

    static Reply ok(Reply reply, String path) {
        if (reply.status() != 200) {
            throw new LoadFailed("GET " + path + " was answered " + reply.status() + ": "
                    + reply.text().strip());
        }
        return reply;
    }
}
