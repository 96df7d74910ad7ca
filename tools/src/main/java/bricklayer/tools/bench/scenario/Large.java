package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.Nodes;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The largest cluster that Heketi was measured with. */
public final class Large implements Scenario {

    @Override
    public String name() {
        return "large";
    }

    @Override
    public String about() {
        return "One cluster of 32 nodes with 24 devices each and the records of 10,000 volumes (with --quick 100): creates by many clients.";
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        Nodes nodes = new Nodes(1, 32, 24);
        to.setting("nodes", nodes);
        int volumes = settings.quick() ? 100 : 10_000;
        to.setting("volumes", volumes);
        try (Subject subject = stand.with(nodes, volumes, settings.server())) {
            Creating.warmUp(subject, settings.clients(), settings.warmUp());
            for (int run = 1; run <= settings.runs(); run++) {
                stand.progress().say("run " + run);
                Creating.Measured measured = Creating.closed(
                        subject,
                        Creating.volumes(),
                        settings.clients(),
                        settings.quick() ? 64 : 2_000,
                        new ConcurrentLinkedQueue<>());
                to.figure("creates/s", "", measured.perSecond());
                to.figure("create p50", "ms", measured.latencies().millis(50));
                to.figure("create p99", "ms", measured.latencies().millis(99));
                to.figure("server CPU a create", "ms", measured.cpuMillis());
            }
        }
    }
}
