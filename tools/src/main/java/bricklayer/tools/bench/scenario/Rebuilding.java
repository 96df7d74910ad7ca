package bricklayer.tools.bench.scenario;

import bricklayer.api.RebuildReport;
import bricklayer.api.RebuildRequest;
import bricklayer.api.WireJson;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Reply;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.MeasuredServer;
import bricklayer.tools.bench.server.Nodes;
import bricklayer.tools.bench.server.ServerSettings;
import java.util.ArrayList;
import java.util.List;

/** The database is lost at full, and made again from the nodes. */
public final class Rebuilding implements Scenario {

    /** Simulated nodes with 600,000 bricks take 4 GiB in the server's own heap. */
    private static final String HEAP = "8g";

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public String about() {
        return "At full the database is deleted, the server started without one, and POST /rebuild makes the records again from the nodes, which are simulated with all their bricks in the server's own heap (-Xmx8g).";
    }

    @Override
    public void run(Stand stand, Findings to) {
        stand.forgetFull();
        BenchSettings settings = stand.settings();
        ServerSettings server =
                settings.quick() ? settings.server() : settings.server().withHeap(HEAP);
        try (Subject subject = stand.with(settings.nodes(), settings.volumes(), true, server)) {
            MeasuredServer own = subject.own().orElseThrow();
            int volumes = Reads.volumes(subject).size();
            List<String> names = new ArrayList<>();
            for (int c = 0; c < settings.nodes().clusters(); c++) {
                for (int n = 0; n < settings.nodes().nodesEach(); n++) {
                    names.add("node-" + c + "-" + n + ".example.org");
                }
            }
            own.stop();
            Stand.delete(own.data());
            own.restart();
            stand.progress().say("rebuilding " + volumes + " volumes of " + names.size() + " nodes");
            String request = WireJson.write(new RebuildRequest(names, null, false, false));
            double cpu = subject.cpuSeconds();
            long began = System.nanoTime();
            subject.crew(1).all((connection, client) -> {
                Reply reply = connection.send("POST", "/rebuild", request);
                if (reply.status() != 200) {
                    throw new LoadFailed("POST /rebuild was answered " + reply.status() + ": " + reply.text());
                }
                RebuildReport report = WireJson.read(reply.text(), RebuildReport.class);
                to.figure("volumes found", "", report.volumes());
                to.figure("findings", "", report.findings().size());
            });
            to.figure("rebuilt", "s", (System.nanoTime() - began) / 1e9);
            to.figure("processor time, with that of the simulated nodes", "s", subject.cpuSeconds() - cpu);
            int again = Reads.volumes(subject).size();
            to.figure("volumes missing afterwards", "", (double) volumes - again);
            Nodes nodes = settings.nodes();
            to.setting("nodes", nodes);
        }
    }
}
