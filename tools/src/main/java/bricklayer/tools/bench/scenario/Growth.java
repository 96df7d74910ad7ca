package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.Nodes;
import bricklayer.tools.bench.server.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Whether a create costs more where there are more volumes: processor time of two servers that take turns, so that whatever else the machine does meets both. Small and quick, for each build.
 */
public final class Growth implements Scenario {

    public static final String FIGURE = "server CPU a create, 20,000 to 2,000 volumes";

    private static final Nodes NODES = new Nodes(10, 5, 4);
    private static final int FEW = 2_000;
    private static final int MANY = 20_000;
    private static final int CLIENTS = 4;
    private static final int TURNS = 7;
    private static final int CREATES = 150;

    /** A compiler that is soon done: what it takes counts as the server's. */
    private static final ServerSettings SERVER =
            new ServerSettings("512m", 1_000, Duration.ZERO, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String about() {
        return "Two servers, with the records of 2,000 and of 20,000 volumes on the same nodes, create volumes in turns; what counts is the ratio of the processor time that each took for a create, its median over the turns.";
    }

    @Override
    public void run(Stand stand, Findings to) {
        to.setting("nodes", NODES);
        try (Subject few = stand.with(NODES, FEW, SERVER);
                Subject many = stand.with(NODES, MANY, SERVER)) {
            for (int turn = -2; turn < TURNS; turn++) {
                stand.progress().say("turn " + turn);
                double small = cpu(few);
                double large = cpu(many);
                // the first turns warm both up
                if (turn >= 0) {
                    to.figure("server CPU a create, 2,000 volumes", "ms", small);
                    to.figure("server CPU a create, 20,000 volumes", "ms", large);
                    to.figure(FIGURE, "times", large / small);
                }
            }
        }
    }

    private static double cpu(Subject subject) {
        return Creating.closed(subject, Creating.volumes(), CLIENTS, CREATES, new ConcurrentLinkedQueue<>())
                .cpuMillis();
    }
}
