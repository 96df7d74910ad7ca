package bricklayer.tools.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this service has set itself. A ratio to a peer says what it compares with: the server of a report that is at hand, or a constant, Heketi 10's on the machine of docs/performance.md, which means something on that machine alone.
 */
public final class Bars {

    /** Creates a second, the most that it reaches at any number of clients. */
    private static final double PEER_CREATES = 50;

    /** Creates a second with 10,000 volumes in one cluster of 32 nodes with 24 devices: 1.56 s each, one at a time. */
    private static final double PEER_CREATES_LARGE = 1 / 1.56;

    /** Volumes read a second: 0.7 ms each with 1,000 of them, one client after the other. */
    private static final double PEER_READS = 1400;

    private static final double MIB_A_GIB = 1024;

    /** Measured by other commands, since they need another heap, or real nodes. */
    private static final List<Verdict> ELSEWHERE = List.of(
            new Verdict(
                    "comparison of 1,000 nodes with the records of 200,000 volumes",
                    "in 1 GiB beside the records",
                    "",
                    "see bench diff"),
            new Verdict(
                    "replica-3 create on real nodes",
                    "at most 1.1 times the commands by hand, 0.7 times Heketi's",
                    "",
                    "see the lab"));

    private Bars() {}

    /**
     * Judges a report by them.
     *
     * @param peer a report of the same scenarios run against another server on the same machine
     */
    public static BenchReport judge(BenchReport report, Optional<BenchReport> peer) {
        return report.judged(Stream.concat(all(peer).stream().map(bar -> bar.judge(report)), ELSEWHERE.stream())
                .toList());
    }

    private static List<Bar> all(Optional<BenchReport> peer) {
        return List.of(
                times(
                        "creates a second, zero-time nodes, empty server, 32 clients",
                        10,
                        peer,
                        "smoke",
                        "creates/s, 32 clients",
                        PEER_CREATES,
                        Scale.ANY),
                times(
                        "creates a second at 10,000 volumes, 1 cluster, 32 nodes, 24 devices",
                        300,
                        peer,
                        "large",
                        "creates/s",
                        PEER_CREATES_LARGE,
                        Scale.ANY),
                Bar.atMost(
                        "latency of create at full to that on an empty server",
                        "at most 1.5 times",
                        "times",
                        1.5,
                        "fill",
                        "create p50, full to empty",
                        Scale.FULL),
                Bar.atMost(
                        "p99 of create at full, half load",
                        "under 50 ms",
                        "ms",
                        50,
                        "steady",
                        "create p99, half load",
                        Scale.FULL),
                Bar.atMost("4,000 volumes asked for at once", "under 30 s", "s", 30, "smoke", "all done", Scale.BURST),
                times(
                        "GET /volumes/{id} a second at full, one client",
                        1,
                        peer,
                        "lists",
                        "GET /volumes/{id}, a second, one client",
                        PEER_READS,
                        Scale.FULL),
                Bar.atMost(
                        "p99 of GET /volumes/{id} at full",
                        "under 10 ms",
                        "ms",
                        10,
                        "lists",
                        "GET /volumes/{id} p99",
                        Scale.FULL),
                Bar.atMost(
                        "1 cluster of 1,000 nodes x 4 devices, empty: create p50",
                        "under 20 ms",
                        "ms",
                        20,
                        "onecluster",
                        "create p50, empty",
                        Scale.ANY),
                Bar.atMost(
                        "the same with 20,000 volumes",
                        "under 20 ms",
                        "ms",
                        20,
                        "onecluster",
                        "create p50, 20,000 volumes",
                        Scale.ANY),
                Bar.atMost(
                        "GET /volumes/{id} p50 there",
                        "under 2 ms",
                        "ms",
                        2,
                        "onecluster",
                        "GET /volumes/{id} p50",
                        Scale.ANY),
                Bar.atMost("GET /metrics there", "under 1 s", "s", 1, "onecluster", "GET /metrics", Scale.ANY),
                Bar.atMost(
                        "memory for GET /volumes and /db/dump at full",
                        "grows by less than 64 MiB",
                        "MiB",
                        64,
                        "lists",
                        "memory grown by lists",
                        Scale.FULL),
                Bar.atMost(
                        "kill -9 at full, restart to ready",
                        "under 10 s",
                        "s",
                        10,
                        "crash",
                        "restart to ready",
                        Scale.FULL),
                Bar.atMost("first create after it", "within 1 s", "s", 1, "crash", "first create", Scale.FULL),
                Bar.atMost(
                        "acknowledged and lost by it", "nothing", "", 0, "crash", "acknowledged and lost", Scale.FULL),
                Bar.atMost("heap at full", "at most 2 GiB", "MiB", 2 * MIB_A_GIB, "steady", "heap", Scale.FULL),
                Bar.atMost(
                        "longest pause at full", "not over 100 ms", "ms", 100, "steady", "longest pause", Scale.FULL),
                Bar.atMost(
                        "journal and checkpoint at full",
                        "under 2 GiB",
                        "MiB",
                        2 * MIB_A_GIB,
                        "restart",
                        "on disk",
                        Scale.FULL),
                Bar.atMost("node loss noticed", "within 10 s", "s", 10, "nodeloss", "noticed", Scale.FULL),
                Bar.atMost(
                        "creates in other clusters meanwhile, p50 to before",
                        "unaffected: at most 1.5 times",
                        "times",
                        1.5,
                        "nodeloss",
                        "create p50 elsewhere, after to before",
                        Scale.FULL),
                Bar.atMost(
                        "database lost at full, rebuilt",
                        "under 5 minutes",
                        "s",
                        300,
                        "rebuild",
                        "rebuilt",
                        Scale.FULL));
    }

    private static Bar times(
            String what,
            int times,
            Optional<BenchReport> peer,
            String scenario,
            String figure,
            double known,
            Scale scale) {
        Optional<Figure> its = peer.flatMap(report -> report.figure(scenario, figure));
        double other = its.map(Figure::median).orElse(known);
        String whose = its.flatMap(found -> peer)
                .map(report -> "measured on " + report.server())
                .orElse("a constant, Heketi 10's on the machine of docs/performance.md");
        return new Bar(
                what,
                "at least " + (times == 1 ? "" : times + " times ") + TextReport.number(other) + ", " + whose,
                "times",
                times,
                true,
                scale,
                report -> report.figure(scenario, figure).map(found -> found.median() / other));
    }
}
