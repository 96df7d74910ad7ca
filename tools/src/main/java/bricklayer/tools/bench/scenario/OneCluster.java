package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.Nodes;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One cluster of very many nodes. */
public final class OneCluster implements Scenario {

    @Override
    public String name() {
        return "onecluster";
    }

    @Override
    public String about() {
        return "One cluster of 1,000 nodes with 4 devices each, without volumes and with the records of 20,000 (with --quick 100 nodes and 200 volumes): creates by one client and by many, one volume, the metrics.";
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        Nodes nodes = settings.quick() ? new Nodes(1, 100, 4) : new Nodes(1, 1000, 4);
        to.setting("nodes", nodes);
        at(stand, nodes, 0, "empty", to);
        int volumes = settings.quick() ? 200 : 20_000;
        at(stand, nodes, volumes, String.format(Locale.ROOT, "%,d volumes", volumes), to);
    }

    private static void at(Stand stand, Nodes nodes, int volumes, String level, Findings to) {
        BenchSettings settings = stand.settings();
        try (Subject subject = stand.with(nodes, volumes, settings.server())) {
            stand.progress().say(level);
            Creating.warmUp(subject, 8, settings.warmUp() / 4);
            for (int run = 0; run < settings.runs(); run++) {
                Queue<String> made = new ConcurrentLinkedQueue<>();
                Creating.Measured alone =
                        Creating.closed(subject, Creating.volumes(), 1, settings.quick() ? 20 : 200, made);
                to.figure("create p50, " + level, "ms", alone.latencies().millis(50));
                to.figure("create p99, " + level, "ms", alone.latencies().millis(99));
                to.figure("server CPU a create, " + level, "ms", alone.cpuMillis());
                Creating.Measured many = Creating.closed(
                        subject, Creating.volumes(), settings.clients(), settings.quick() ? 64 : 600, made);
                to.figure("creates/s, " + settings.clients() + " clients, " + level, "", many.perSecond());
                if (volumes > 0) {
                    Latencies reads = new Latencies();
                    Reads.volumes(subject, List.copyOf(made), 1, settings.quick() ? 100 : 2_000, reads);
                    to.figure("GET /volumes/{id} p50", "ms", reads.millis(50));
                    to.figure("GET /volumes/{id} p99", "ms", reads.millis(99));
                    Reads.whole(subject, "/metrics", 3, to);
                }
            }
        }
    }
}
