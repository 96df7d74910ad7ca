package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Connection;
import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.load.Volumes;
import bricklayer.tools.bench.report.Findings;
import bricklayer.tools.bench.server.GcLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A mixed load at full: as much as goes, then half of that, with latencies from when each request should have begun. */
public final class Steady implements Scenario {

    /** Of ten operations, so many create, so many delete, the others read. */
    private static final int CREATES = 2;

    private static final int DELETES = 2;
    private static final int ALL = 10;
    private static final int MOST_PIECES_A_SECOND = 2_000;
    private static final int OPEN_CLIENTS = 256;

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public String about() {
        return "At full, of ten operations two create a volume, two delete one, six read one. First by clients that each wait for their answer: the most that goes. Then an operation begins at each moment that half of that rate gives"
                + " (--rate for another), whatever became of those before, and its latency counts from that moment.";
    }

    @Override
    public boolean forAnyServer() {
        return true;
    }

    /** What clients share. */
    private record Mix(
            Volumes volumes,
            List<String> there,
            ConcurrentLinkedQueue<String> made,
            Latencies creates,
            Latencies deletes,
            Latencies reads) {

        static Mix of(List<String> there) {
            return new Mix(
                    Creating.volumes(),
                    there,
                    new ConcurrentLinkedQueue<>(),
                    new Latencies(),
                    new Latencies(),
                    new Latencies());
        }

        void one(Connection connection, int number, long began) throws IOException {
            int lot = number % ALL;
            // spread over the ten, so that a client does not meet the same kind each time
            int kind = lot * 7 % ALL;
            String old = kind >= CREATES && kind < CREATES + DELETES ? made.poll() : null;
            if (old != null) {
                volumes.delete(connection, old);
                deletes.add(System.nanoTime() - began);
            } else if (kind < CREATES + DELETES) {
                made.add(volumes.create(connection));
                creates.add(System.nanoTime() - began);
            } else {
                String path = "/volumes/" + there.get((int) ((number * 2_654_435_761L) % there.size()));
                Reads.ok(connection.get(path), path);
                reads.add(System.nanoTime() - began);
            }
        }
    }

    @Override
    public void run(Stand stand, Findings to) {
        BenchSettings settings = stand.settings();
        Subject subject = stand.full();
        Creating.warmUp(subject, settings.clients(), settings.warmUp());
        List<String> there = Reads.volumes(subject);
        if (there.isEmpty()) {
            there = List.of(firstOf(subject));
        }
        to.setting("volumes", there.size());
        double since = subject.own().map(own -> own.upSeconds()).orElse(0.0);
        for (int run = 1; run <= settings.runs(); run++) {
            stand.progress().say("run " + run + ": as much as goes");
            Mix most = Mix.of(there);
            int pieces = settings.quick() ? 500 : settings.seconds() * MOST_PIECES_A_SECOND / 4;
            long nanos = subject.crew(settings.clients())
                    .each(pieces, (connection, number) -> most.one(connection, number, System.nanoTime()));
            double rate = pieces * 1e9 / nanos;
            to.figure("operations/s, most", "", rate);
            Creating.delete(subject, settings.clients(), most.made());
            double wanted = settings.rate() > 0 ? settings.rate() : rate / 2;
            stand.progress().say("run " + run + ": " + Math.round(wanted) + " operations a second");
            Mix half = Mix.of(there);
            double cpu = subject.cpuSeconds();
            int count = (int) (wanted * settings.seconds());
            long took = subject.crew(OPEN_CLIENTS).atRate(wanted, count, half::one);
            to.figure("operations/s, half load", "", count * 1e9 / took);
            latencies("create", half.creates(), to);
            latencies("delete", half.deletes(), to);
            latencies("GET /volumes/{id}", half.reads(), to);
            subject.own()
                    .ifPresent(own -> to.figure(
                            "processors used by the server, half load", "", (subject.cpuSeconds() - cpu) * 1e9 / took));
            Creating.delete(subject, settings.clients(), half.made());
        }
        subject.own().ifPresent(own -> {
            GcLog log = GcLog.read(own.gcLog()).since(since);
            to.figure("heap", "MiB", log.mostUsedMib());
            to.figure("heap taken", "MiB", log.committedMib());
            to.figure("resident, most", "MiB", own.process().mostResidentMib());
            to.figure("longest pause", "ms", log.longestPauseMillis());
            to.figure("pauses over 10 ms", "", (double)
                    log.pauses().stream().filter(pause -> pause.millis() > 10).count());
            log.collections()
                    .forEach(each -> to.point(
                            "Heap after each collection",
                            "seconds since the start",
                            "MiB",
                            "in use",
                            each.atSeconds(),
                            each.usedMib()));
            log.pauses()
                    .forEach(each -> to.point(
                            "Pauses", "seconds since the start", "ms", "pause", each.atSeconds(), each.millis()));
        });
    }

    private static String firstOf(Subject subject) {
        String[] id = {""};
        subject.crew(1).all((connection, client) -> id[0] = Creating.volumes().create(connection));
        return id[0];
    }

    private static void latencies(String what, Latencies latencies, Findings to) {
        to.figure(what + " p50, half load", "ms", latencies.millis(50));
        to.figure(what + " p99, half load", "ms", latencies.millis(99));
        to.figure(what + " most, half load", "ms", latencies.maxMillis());
    }
}
