package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Latencies;
import bricklayer.tools.bench.load.Volumes;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Creates that are measured, as several scenarios need them. */
final class Creating {

    static final int GIB = 1;

    /** What came of some creates. */
    record Measured(Latencies latencies, double seconds, double cpuSeconds) {

        double perSecond() {
            return latencies.count() / seconds;
        }

        /** Of the server, for each. */
        double cpuMillis() {
            return cpuSeconds * 1000 / Math.max(1, latencies.count());
        }
    }

    private Creating() {}

    static Volumes volumes() {
        return new Volumes(GIB, Optional.empty());
    }

    /**
     * So many creates by clients of which each begins the next when the one before has ended.
     *
     * @param made gets their ids
     */
    static Measured closed(Subject subject, Volumes volumes, int clients, int count, Collection<String> made) {
        Latencies latencies = new Latencies();
        double cpu = subject.cpuSeconds();
        long nanos = subject.crew(clients).each(count, (connection, number) -> {
            long began = System.nanoTime();
            made.add(volumes.create(connection));
            latencies.add(System.nanoTime() - began);
        });
        return new Measured(latencies, nanos / 1e9, subject.cpuSeconds() - cpu);
    }

    /** Creates and deletes so many, so that the server is warm and as empty as before. */
    static void warmUp(Subject subject, int clients, int count) {
        ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
        Volumes volumes = volumes();
        closed(subject, volumes, clients, count, made);
        delete(subject, clients, made);
    }

    static void delete(Subject subject, int clients, ConcurrentLinkedQueue<String> made) {
        Volumes volumes = volumes();
        subject.crew(clients).each(made.size(), (connection, number) -> {
            String id = made.poll();
            if (id != null) {
                volumes.delete(connection, id);
            }
        });
    }
}
