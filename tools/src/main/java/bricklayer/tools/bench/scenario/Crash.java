package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Connection;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Reply;
import bricklayer.tools.bench.load.Volumes;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.MeasuredServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** SIGKILL at full, under load, and a start: what was promised is there. */
public final class Crash implements Scenario {

    private static final int CLIENTS = 16;
    /** Volumes that a client has at a time. */
    private static final int KEPT = 6;

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public String about() {
        return "At full, while clients create and delete, the server gets SIGKILL and is started again. Then each volume that a client was told of is looked for, each that it was told is gone, and the end of each job that was accepted.";
    }

    /** What clients were told. */
    private record Told(Set<String> made, Set<String> gone, Set<String> accepted) {}

    @Override
    public void run(Stand stand, Findings to) {
        Subject subject = stand.full();
        MeasuredServer own = subject.own().orElseThrow();
        for (int run = 1; run <= stand.settings().runs(); run++) {
            stand.progress().say("run " + run + ": load");
            Told told = new Told(
                    ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
            load(subject, own, told, stand.settings().quick() ? 3 : 5);
            stand.progress().say("run " + run + ": start");
            to.figure("restart to ready", "s", own.restart().toNanos() / 1e9);
            long began = System.nanoTime();
            subject.crew(1).all((connection, client) -> Creating.volumes().create(connection));
            to.figure("first create", "s", (System.nanoTime() - began) / 1e9);
            to.figure(
                    "creates and deletes acknowledged",
                    "",
                    (double) told.made().size() + told.gone().size());
            to.figure("acknowledged and lost", "", lost(subject, told));
        }
    }

    private static void load(Subject subject, MeasuredServer own, Told told, int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Thread killer = Thread.ofVirtual().start(() -> {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            own.kill();
        });
        subject.crew(CLIENTS).all((connection, client) -> {
            try {
                work(connection, told);
            } catch (IOException e) {
                if (System.nanoTime() < end) {
                    throw new LoadFailed("a connection broke before the server was killed: " + e, e);
                }
            }
        });
        try {
            killer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailed("interrupted while the server was to be killed", e);
        }
    }

    /** Until the connection breaks. */
    private static void work(Connection connection, Told told) throws IOException {
        Volumes volumes = Creating.volumes();
        Deque<String> own = new ArrayDeque<>();
        while (true) {
            if (own.size() < KEPT) {
                String queue = volumes.begin(connection);
                told.accepted().add(queue);
                String id = volumes.end(connection, queue).locationId();
                told.made().add(id);
                own.add(id);
            } else {
                String id = own.remove();
                // what becomes of it is open from here on until it is told
                told.made().remove(id);
                volumes.delete(connection, id);
                told.gone().add(id);
            }
        }
    }

    private static double lost(Subject subject, Told told) {
        int[] lost = {0};
        subject.crew(1).all((connection, client) -> {
            for (String queue : told.accepted()) {
                Reply end = connection.get(queue);
                for (int tries = 0; end.pending() && tries < 1000; tries++) {
                    LockSupport.parkNanos(10_000_000);
                    end = connection.get(queue);
                }
                lost[0] += end.pending() || end.status() == 404 ? 1 : 0;
            }
            for (String id : told.made()) {
                lost[0] += connection.count("/volumes/" + id).status() == 200 ? 0 : 1;
            }
            for (String id : told.gone()) {
                lost[0] += connection.count("/volumes/" + id).status() == 404 ? 0 : 1;
            }
        });
        return lost[0];
    }
}
