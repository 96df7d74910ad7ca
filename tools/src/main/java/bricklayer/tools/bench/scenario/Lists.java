package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.MeasuredServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAccumulator;

/** Large answers at full, and small ones. */
public final class Lists implements Scenario {

    private static final int CLUSTERS_WALKED = 20;
    private static final int COLLECTIONS_LEAST = 3;

    /** Of a small database very many are read while the heap is collected once. */
    private static final int READS_MAX = 100_000;

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public String about() {
        return "At full: one volume, the list of all, the dump, the metrics, and a walk through clusters, their nodes and their volumes as topology info does it (20 clusters). Memory is what is needed while the list and the dump are read once more, beyond what was needed before: the heap is collected as a whole before, several times in their course, and afterwards.";
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
            Reads.whole(subject, "/volumes", settings.quick() ? 1 : 5, to);
            Reads.whole(subject, "/db/dump", 1, to);
            Reads.whole(subject, "/metrics", settings.quick() ? 1 : 3, to);
            stand.progress().say("run " + run + ": memory");
            subject.own().ifPresent(own -> memory(subject, own, to));
        }
        stand.progress().say("walk");
        subject.crew(1).all((connection, client) -> Reads.walk(connection, CLUSTERS_WALKED, to));
    }

    /** One client reads, the other has the heap collected meanwhile: a run without a collection would say nothing. */
    private static void memory(Subject subject, MeasuredServer own, Findings to) {
        double before = own.neededMib();
        AtomicInteger collections = new AtomicInteger();
        AtomicBoolean read = new AtomicBoolean();
        DoubleAccumulator most = new DoubleAccumulator(Math::max, before);
        subject.crew(2).all((connection, client) -> {
            if (client == 0) {
                try {
                    for (int n = 0; n < READS_MAX && collections.get() < COLLECTIONS_LEAST; n++) {
                        for (String path : List.of("/volumes", "/db/dump")) {
                            Reads.ok(connection.count(path), path);
                        }
                    }
                } finally {
                    read.set(true);
                }
            } else {
                while (!read.get()) {
                    most.accumulate(own.neededMib());
                    collections.incrementAndGet();
                }
            }
        });
        most.accumulate(own.neededMib());
        if (collections.get() < COLLECTIONS_LEAST) {
            throw new LoadFailed("the heap was collected only " + collections + " times while lists were read");
        }
        to.figure("memory grown by lists", "MiB", most.get() - before);
        to.figure("collections in their course", "", (double) collections.get());
    }
}
