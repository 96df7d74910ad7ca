package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.GcLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All volumes of a full database over REST, one window after the other. */
public final class FillRest implements Scenario {

    private static final int WINDOWS = 20;
    private static final String VOLUMES = "volumes";

    @Override
    public String name() {
        return "fill-rest";
    }

    @Override
    public String about() {
        return "All volumes of a full database are asked for over REST. The simulated nodes keep every brick in the server's own heap, so that with 200,000 volumes --heap 8g is wanted, and memory says nothing.";
    }

    @Override
    public boolean forAnyServer() {
        return true;
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        int window = Math.max(1, settings.volumes() / WINDOWS);
        Queue<String> made = new ConcurrentLinkedQueue<>();
        try (Subject subject = stand.empty(settings.nodes(), settings.server())) {
            Creating.warmUp(subject, settings.clients(), settings.warmUp());
            double seconds = 0;
            for (int volumes = 0; volumes < settings.volumes(); volumes += window) {
                Creating.Measured measured =
                        Creating.closed(subject, Creating.volumes(), settings.clients(), window, made);
                seconds += measured.seconds();
                stand.progress()
                        .say(volumes + window + " of " + settings.volumes() + ", " + Math.round(measured.perSecond())
                                + " a second");
                String latency = "Latency of a create, " + settings.clients() + " clients";
                to.point(
                        latency,
                        VOLUMES,
                        "ms",
                        "p50",
                        volumes,
                        measured.latencies().millis(50));
                to.point(
                        latency,
                        VOLUMES,
                        "ms",
                        "p95",
                        volumes,
                        measured.latencies().millis(95));
                to.point(
                        latency,
                        VOLUMES,
                        "ms",
                        "p99",
                        volumes,
                        measured.latencies().millis(99));
                to.point("Creates a second", VOLUMES, "creates/s", "creates", volumes, measured.perSecond());
                int now = volumes;
                subject.own().ifPresent(own -> {
                    to.point("Processor time for a create", VOLUMES, "ms", "CPU", now, measured.cpuMillis());
                    to.point(
                            "Memory",
                            VOLUMES,
                            "MiB",
                            "heap, with nodes",
                            now,
                            GcLog.read(own.gcLog()).lastUsedMib());
                    to.point(
                            "Journal and checkpoint on disk",
                            VOLUMES,
                            "MiB",
                            "size",
                            now,
                            own.bytesOnDisk() / 1048576.0);
                });
                if (volumes == 0 || volumes + window >= settings.volumes()) {
                    String which = volumes == 0 ? "first " + window : "last " + window;
                    to.figure("create p50, " + which, "ms", measured.latencies().millis(50));
                    to.figure("create p99, " + which, "ms", measured.latencies().millis(99));
                    to.figure("creates/s, " + which, "", measured.perSecond());
                }
            }
            to.figure("all made", "s", seconds);
        }
    }
}
