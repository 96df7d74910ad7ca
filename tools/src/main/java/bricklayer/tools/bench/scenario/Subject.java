package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.load.Crew;
import bricklayer.tools.bench.load.Target;
import bricklayer.tools.bench.server.MeasuredServer;
import java.util.Optional;

/**
 * A server that load is put on.
 *
 * @param own empty for one that somebody else started, of which nothing but its answers is known
 */
public record Subject(Target target, Optional<MeasuredServer> own) implements AutoCloseable {

    public Crew crew(int clients) {
        return new Crew(target, clients);
    }

    /** Processor time that the server has used so far; 0 when nobody knows. */
    public double cpuSeconds() {
        return own.map(server -> server.process().cpuSeconds()).orElse(0.0);
    }

    /** Ends it if it was started here. */
    @Override
    public void close() {
        own.ifPresent(server -> {
            server.close();
            Stand.delete(server.folder());
        });
    }
}
