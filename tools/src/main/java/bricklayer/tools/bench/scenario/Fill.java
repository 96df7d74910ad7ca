package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.GcLog;
import bricklayer.tools.bench.server.MeasuredServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a create costs with no volumes, and with more and more. */
public final class Fill implements Scenario {

    /** Parts of the full database at which it is measured, in per cent. */
    private static final List<Integer> LEVELS = List.of(0, 5, 10, 25, 50, 75, 100);

    private static final String VOLUMES = "volumes";

    @Override
    public String name() {
        return "fill";
    }

    @Override
    public String about() {
        return "Creates at several levels of a database: one client after the other, and many at a time. The records of each level are made at once, as if they had been asked for one after the other,"
                + " and the simulated nodes have volume groups without the bricks of these volumes, so that the server needs what it would need with real nodes. (fill-rest makes all over REST.)";
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        to.setting("nodes", settings.nodes());
        List<Double> alone = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int level : LEVELS) {
            int volumes = (int) ((long) settings.volumes() * level / 100);
            try (Subject subject = stand.with(settings.nodes(), volumes, settings.server())) {
                stand.progress().say(volumes + " volumes");
                Creating.warmUp(subject, settings.clients(), settings.warmUp());
                double since = subject.own().map(own -> own.upSeconds()).orElse(0.0);
                for (int run = 0; run < settings.runs(); run++) {
                    window(subject, settings, volumes, to);
                }
                alone.add(to.median("create p50 alone, " + volumes));
                cpu.add(to.median("server CPU a create, " + volumes));
                subject.own().ifPresent(own -> memory(own, since, volumes, to));
            }
        }
        to.figure("create p50, full to empty", "times", alone.getLast() / alone.getFirst());
        to.figure("server CPU a create, full to empty", "times", cpu.getLast() / cpu.getFirst());
    }

    private static void window(Subject subject, BenchSettings settings, int volumes, Findings to) {
        Queue<String> made = new ConcurrentLinkedQueue<>();
        Creating.Measured alone = Creating.closed(subject, Creating.volumes(), 1, settings.quick() ? 20 : 300, made);
        Creating.Measured many =
                Creating.closed(subject, Creating.volumes(), settings.clients(), settings.quick() ? 100 : 2_000, made);
        Latencies reads = new Latencies();
        double readsASecond = Reads.volumes(subject, List.copyOf(made), 1, settings.quick() ? 200 : 3_000, reads);
        to.figure("create p50 alone, " + volumes, "ms", alone.latencies().millis(50));
        to.figure("create p99 alone, " + volumes, "ms", alone.latencies().millis(99));
        to.figure("creates/s, " + settings.clients() + " clients, " + volumes, "", many.perSecond());
        to.figure("server CPU a create, " + volumes, "ms", many.cpuMillis());
        to.figure("GET /volumes/{id} a second alone, " + volumes, "", readsASecond);
        String one = "Latency of a create, one client";
        to.point(one, VOLUMES, "ms", "p50", volumes, alone.latencies().millis(50));
        to.point(one, VOLUMES, "ms", "p95", volumes, alone.latencies().millis(95));
        to.point(one, VOLUMES, "ms", "p99", volumes, alone.latencies().millis(99));
        String all = "Latency of a create, " + settings.clients() + " clients";
        to.point(all, VOLUMES, "ms", "p50", volumes, many.latencies().millis(50));
        to.point(all, VOLUMES, "ms", "p95", volumes, many.latencies().millis(95));
        to.point(all, VOLUMES, "ms", "p99", volumes, many.latencies().millis(99));
        to.point("Creates a second", VOLUMES, "creates/s", settings.clients() + " clients", volumes, many.perSecond());
        to.point("Processor time of the server for a create", VOLUMES, "ms", "CPU", volumes, many.cpuMillis());
    }

    private static void memory(MeasuredServer own, double since, int volumes, Findings to) {
        double longest = GcLog.read(own.gcLog()).since(since).longestPauseMillis();
        to.point("Memory of the server", VOLUMES, "MiB", "heap in use", volumes, own.neededMib());
        to.point(
                "Memory of the server",
                VOLUMES,
                "MiB",
                "resident",
                volumes,
                own.process().residentMib());
        to.point("Journal and checkpoint on disk", VOLUMES, "MiB", "size", volumes, own.bytesOnDisk() / 1048576.0);
        to.point("Longest pause", VOLUMES, "ms", "pause", volumes, longest);
    }
}
