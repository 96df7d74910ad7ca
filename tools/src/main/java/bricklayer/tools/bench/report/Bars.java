package bricklayer.tools.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What this service has set itself. Where a peer is named, its figures are Heketi 10's on the machine of docs/performance.md, unless a report of a run against one is at hand. */
public final class Bars {

    /** Creates a second, the most that it reaches at any number of clients. */
    private static final double PEER_CREATES = 50;

    /** Creates a second with 10,000 volumes in one cluster of 32 nodes with 24 devices: 1.56 s each, one at a time. */
    private static final double PEER_CREATES_LARGE = 1 / 1.56;

    /** Volumes read a second: 0.7 ms each with 1,000 of them, one client after the other. */
    private static final double PEER_READS = 1400;

    private static final double MIB_A_GIB = 1024;

    private Bars() {}

    /**
     * Judges a report by them.
     *
     * @param peer a report of the same scenarios run against another server on the same machine
     */
    public static BenchReport judge(BenchReport report, Optional<BenchReport> peer) {
        return report.judged(all(peer).stream().map(bar -> bar.judge(report)).toList());
    }

    private static List<Bar> all(Optional<BenchReport> peer) {
        return List.of(
                new Bar(
                        "creates a second, zero-time nodes, empty server, 32 clients",
                        "at least 10 times the peer's",
                        "times",
                        10,
                        true,
                        times(peer, "smoke", "creates/s, 32 clients", PEER_CREATES)),
                new Bar(
                        "creates a second at 10,000 volumes, 1 cluster, 32 nodes, 24 devices",
                        "at least 300 times the peer's",
                        "times",
                        300,
                        true,
                        times(peer, "large", "creates/s", PEER_CREATES_LARGE)),
                Bar.atMost(
                        "latency of create at full to that on an empty server",
                        "at most 1.5 times",
                        "times",
                        1.5,
                        "fill",
                        "create p50, full to empty"),
                Bar.atMost(
                        "p99 of create at full, half load", "under 50 ms", "ms", 50, "steady", "create p99, half load"),
                Bar.atMost("4,000 volumes asked for at once", "under 30 s", "s", 30, "smoke", "all done"),
                new Bar(
                        "GET /volumes/{id} a second at full",
                        "at least as many as the peer",
                        "times",
                        1,
                        true,
                        times(peer, "lists", "GET /volumes/{id}, a second", PEER_READS)),
                Bar.atMost(
                        "p99 of GET /volumes/{id} at full", "under 10 ms", "ms", 10, "lists", "GET /volumes/{id} p99"),
                Bar.atMost(
                        "1 cluster of 1,000 nodes x 4 devices, empty: create p50",
                        "under 20 ms",
                        "ms",
                        20,
                        "onecluster",
                        "create p50, empty"),
                Bar.atMost(
                        "the same with 20,000 volumes",
                        "under 20 ms",
                        "ms",
                        20,
                        "onecluster",
                        "create p50, 20,000 volumes"),
                Bar.atMost("GET /volumes/{id} p50 there", "under 2 ms", "ms", 2, "onecluster", "GET /volumes/{id} p50"),
                Bar.atMost("GET /metrics there", "under 1 s", "s", 1, "onecluster", "GET /metrics"),
                Bar.atMost(
                        "memory for GET /volumes and /db/dump at full",
                        "grows by less than 64 MiB",
                        "MiB",
                        64,
                        "lists",
                        "memory grown by lists"),
                Bar.atMost("kill -9 at full, restart to ready", "under 10 s", "s", 10, "crash", "restart to ready"),
                Bar.atMost("first create after it", "within 1 s", "s", 1, "crash", "first create"),
                Bar.atMost("acknowledged and lost by it", "nothing", "", 0, "crash", "acknowledged and lost"),
                Bar.atMost("heap at full", "at most 2 GiB", "MiB", 2 * MIB_A_GIB, "steady", "heap"),
                Bar.atMost("longest pause at full", "not over 100 ms", "ms", 100, "steady", "longest pause"),
                Bar.atMost("journal and checkpoint at full", "under 2 GiB", "MiB", 2 * MIB_A_GIB, "restart", "on disk"),
                Bar.atMost("node loss noticed", "within 10 s", "s", 10, "nodeloss", "noticed"),
                Bar.atMost(
                        "creates in other clusters meanwhile, p50 to before",
                        "unaffected: at most 1.5 times",
                        "times",
                        1.5,
                        "nodeloss",
                        "create p50 elsewhere, after to before"),
                Bar.atMost("database lost at full, rebuilt", "under 5 minutes", "s", 300, "rebuild", "rebuilt"));
    }

    private static Function<BenchReport, Optional<Double>> times(
            Optional<BenchReport> peer, String scenario, String figure, double known) {
        double its = peer.flatMap(report -> report.figure(scenario, figure))
                .map(Figure::median)
                .orElse(known);
        return report -> report.figure(scenario, figure).map(found -> found.median() / its);
    }
}
