package bricklayer.tools.bench.server;

import bricklayer.tools.bench.load.Crew;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Reply;
import bricklayer.tools.bench.load.Target;
import bricklayer.tools.bench.load.Volumes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Nodes and their devices, made over REST as an administrator does. */
public record Nodes(int clusters, int nodesEach, int devicesEach) {

    private static final Pattern ID = Pattern.compile("\"([0-9a-f]{32})\"");

    public int nodes() {
        return clusters * nodesEach;
    }

    public int devices() {
        return nodes() * devicesEach;
    }

    @Override
    public String toString() {
        return clusters + " clusters x " + nodesEach + " nodes x " + devicesEach + " devices";
    }

    /** The ids of all clusters. */
    public static List<String> clustersOf(Target target) {
        String[] found = {""};
        new Crew(target, 1)
                .all((connection, client) ->
                        found[0] = connection.get("/clusters").text());
        return ids(found[0]);
    }

    /** All ids in a text, in the order of their first appearance. */
    public static List<String> ids(String text) {
        return ID.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }

    /**
     * Makes them.
     *
     * @return how many seconds it took
     */
    public double make(Target target, int clients) {
        Volumes jobs = new Volumes(1, Optional.empty());
        ConcurrentHashMap<Integer, String> cluster = new ConcurrentHashMap<>();
        ConcurrentHashMap<Integer, String> node = new ConcurrentHashMap<>();
        Crew crew = new Crew(target, clients);
        long nanos = crew.each(clusters, (connection, number) -> {
            Reply reply = connection.send("POST", "/clusters", "{\"file\":true,\"block\":true}");
            if (reply.status() != 201) {
                throw new LoadFailed("cannot make a cluster: " + reply.status() + " " + reply.text());
            }
            cluster.put(number, ids(reply.text()).getFirst());
        });
        // one after the other in a cluster, whose members join one trusted pool
        nanos += crew.each(clusters, (connection, number) -> {
            for (int n = 0; n < nodesEach; n++) {
                int all = number * nodesEach + n;
                Reply end = jobs.job(connection, "POST", "/nodes", """
                        {"zone":%d,"cluster":"%s","hostnames":{"manage":["node-%d.example.org"],"storage":["10.%d.%d.%d"]}}""".formatted(
                                n % 3 + 1,
                                cluster.getOrDefault(number, ""),
                                all,
                                all / 62_500,
                                all / 250 % 250,
                                all % 250 + 1));
                node.put(all, end.locationId());
            }
        });
        nanos += crew.each(devices(), (connection, number) -> {
            // neighbours in this order are on different nodes
            int of = number % nodes();
            jobs.job(
                    connection,
                    "POST",
                    "/devices",
                    "{\"name\":\"/dev/disk" + number / nodes() + "\",\"node\":\"" + node.getOrDefault(of, "") + "\"}");
        });
        return nanos / 1e9;
    }
}
