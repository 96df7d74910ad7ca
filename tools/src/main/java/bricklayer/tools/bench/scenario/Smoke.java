package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Volumes;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.GcLog;
import bricklayer.tools.bench.server.ServerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Many volumes asked for at once on an empty server, and the most that 32 clients get. */
public final class Smoke implements Scenario {

    /** Who asks for all of them; each asks for its part, and looks after it when all are asked for. */
    private static final int ASKERS = 64;

    @Override
    public String name() {
        return "smoke";
    }

    @Override
    public String about() {
        return "On a server with nodes and no volume, warmed up: creates by clients that each wait for theirs; then many volumes are asked for at once, and the time counts until the last is there."
                + " Once with nodes that need no time, once with nodes whose commands take theirs.";
    }

    @Override
    public boolean forAnyServer() {
        return true;
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        to.setting("nodes", settings.nodes());
        to.setting("asked for at once", settings.burst());
        for (int run = 1; run <= settings.runs(); run++) {
            once(stand, settings.server(), run, "", to);
        }
        if (!stand.isForeign() && !settings.slow().isZero()) {
            to.setting("slow commands take", settings.slow().toMillis() + " ms");
            once(stand, settings.server().taking(settings.slow()), 1, ", slow nodes", to);
        }
    }

    private static void once(Stand stand, ServerSettings server, int run, String suffix, Findings to) {
        BenchSettings settings = stand.settings();
        try (Subject subject = stand.empty(settings.nodes(), server)) {
            stand.progress().say("run " + run + suffix + ": warming up");
            boolean slow = !server.commandTime().equals(Duration.ZERO);
            Creating.warmUp(subject, settings.clients(), slow ? settings.clients() : settings.warmUp());
            stand.progress().say("run " + run + suffix + ": " + settings.clients() + " clients");
            double since = subject.own().map(own -> own.upSeconds()).orElse(0.0);
            Queue<String> made = new ConcurrentLinkedQueue<>();
            Creating.Measured closed = Creating.closed(
                    subject,
                    Creating.volumes(),
                    settings.clients(),
                    slow ? settings.clients() * 10 : settings.burst() / 2,
                    made);
            String who = ", " + settings.clients() + " clients" + suffix;
            to.figure("creates/s" + who, "", closed.perSecond());
            to.figure("create p50" + who, "ms", closed.latencies().millis(50));
            to.figure("create p99" + who, "ms", closed.latencies().millis(99));
            subject.own().ifPresent(own -> to.figure("server CPU a create" + who, "ms", closed.cpuMillis()));
            stand.progress().say("run " + run + suffix + ": " + settings.burst() + " at once");
            burst(subject, settings.burst(), suffix, to);
            subject.own().ifPresent(own -> {
                GcLog log = GcLog.read(own.gcLog()).since(since);
                to.figure("longest pause" + suffix, "ms", log.longestPauseMillis());
                to.figure("heap after collections, most" + suffix, "MiB", log.mostUsedMib());
            });
        }
    }

    private static void burst(Subject subject, int count, String suffix, Findings to) {
        Volumes volumes = Creating.volumes();
        AtomicLong accepted = new AtomicLong();
        double cpu = subject.cpuSeconds();
        long began = System.nanoTime();
        long nanos = subject.crew(ASKERS).all((connection, client) -> {
            List<String> asked = new ArrayList<>();
            for (int n = client; n < count; n += ASKERS) {
                asked.add(volumes.begin(connection));
            }
            accepted.accumulateAndGet(System.nanoTime() - began, Math::max);
            for (String queue : asked) {
                volumes.end(connection, queue);
            }
        });
        to.figure("all accepted" + suffix, "s", accepted.get() / 1e9);
        to.figure("all done" + suffix, "s", nanos / 1e9);
        to.figure("creates/s, at once" + suffix, "", count * 1e9 / nanos);
        subject.own()
                .ifPresent(own -> to.figure(
                        "server CPU a create, at once" + suffix, "ms", (subject.cpuSeconds() - cpu) * 1000 / count));
        if (volumes.refused() > 0) {
            to.figure("answered 429" + suffix, "", (double) volumes.refused());
        }
    }
}
