package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.GcLog;
import bricklayer.tools.bench.server.MeasuredServer;
import java.util.List;
import java.util.Optional;

/** Large answers at full, and small ones. */
public final class Lists implements Scenario {

    private static final int CLUSTERS_WALKED = 20;

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public String about() {
        return "At full: one volume, the list of all, the dump, the metrics, and a walk through clusters, their nodes and their volumes as topology info does it (20 clusters). Memory is what a collection in their course left in use beyond what was needed before.";
    }

    @Override
    public boolean forAnyServer() {
        return true;
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        Subject subject = stand.full();
        List<String> there = Reads.volumes(subject);
        to.setting("volumes", there.size());
        int reads = settings.quick() ? 500 : 20_000;
        if (!there.isEmpty()) {
            Reads.volumes(subject, there, settings.clients(), reads, new Latencies());
            for (int run = 1; run <= settings.runs(); run++) {
                stand.progress().say("run " + run + ": GET /volumes/{id}");
                Latencies alone = new Latencies();
                to.figure(
                        "GET /volumes/{id}, a second, one client",
                        "",
                        Reads.volumes(subject, there, 1, reads / 4, alone));
                to.figure("GET /volumes/{id} p50, one client", "ms", alone.millis(50));
                Latencies many = new Latencies();
                to.figure("GET /volumes/{id}, a second", "", Reads.volumes(subject, there, 8, reads, many));
                to.figure("GET /volumes/{id} p50", "ms", many.millis(50));
                to.figure("GET /volumes/{id} p99", "ms", many.millis(99));
            }
        }
        for (int run = 1; run <= settings.runs(); run++) {
            stand.progress().say("run " + run + ": lists");
            Optional<Integer> before = subject.own().map(Lists::collected);
            Reads.whole(subject, "/volumes", settings.quick() ? 1 : 5, to);
            Reads.whole(subject, "/db/dump", 1, to);
            before.ifPresent(seen -> grown(subject.own().orElseThrow(), seen, to));
            Reads.whole(subject, "/metrics", settings.quick() ? 1 : 3, to);
        }
        stand.progress().say("walk");
        subject.crew(1).all((connection, client) -> Reads.walk(connection, CLUSTERS_WALKED, to));
    }

    /** How many collections there were, of which the last told what is needed. */
    private static int collected(MeasuredServer own) {
        own.collect();
        return GcLog.read(own.gcLog()).collections().size();
    }

    private static void grown(MeasuredServer own, int before, Findings to) {
        List<GcLog.Collection> all = GcLog.read(own.gcLog()).collections();
        double needed = before == 0 ? 0 : all.get(before - 1).usedMib();
        double most = all.stream()
                .skip(before)
                .mapToDouble(GcLog.Collection::usedMib)
                .max()
                .orElse(needed);
        to.figure("memory grown by lists", "MiB", Math.max(0, most - needed));
        to.figure("collections in their course", "", (double) all.size() - before);
    }
}
