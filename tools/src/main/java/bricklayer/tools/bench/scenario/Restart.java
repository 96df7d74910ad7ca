package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.GcLog;
import bricklayer.tools.bench.server.MeasuredServer;

/** SIGTERM at full, and a start. */
public final class Restart implements Scenario {

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String about() {
        return "At full the server is stopped with SIGTERM and started again. It is ready when GET /hello is answered, the start of the JVM included.";
    }

    @Override
    public void run(Stand stand, Findings to) {
        Subject subject = stand.full();
        MeasuredServer own = subject.own().orElseThrow();
        for (int run = 1; run <= stand.settings().runs(); run++) {
            stand.progress().say("run " + run);
            to.figure("stop", "s", own.stop().toNanos() / 1e9);
            to.figure("on disk", "MiB", own.bytesOnDisk() / 1048576.0);
            to.figure("start to ready", "s", own.restart().toNanos() / 1e9);
            to.figure("processor time to ready", "s", own.process().cpuSeconds());
            long began = System.nanoTime();
            subject.crew(1).all((connection, client) -> Creating.volumes().create(connection));
            to.figure("first create", "s", (System.nanoTime() - began) / 1e9);
            own.collect();
            to.figure("heap needed", "MiB", GcLog.read(own.gcLog()).lastUsedMib());
            to.figure("resident", "MiB", own.process().residentMib());
        }
    }
}
