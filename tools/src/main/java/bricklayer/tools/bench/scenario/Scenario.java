package bricklayer.tools.bench.scenario;

import bricklayer.tools.bench.report.Findings;

/** One thing that is done to a server to measure it. */
public interface Scenario {

    String name();

    /** What it does, for whoever reads the report. */
    String about();

    /** Whether it can be done to a server that was not started here. */
    default boolean forAnyServer() {
        return false;
    }

    /**
     * Does it.
     *
     * @throws bricklayer.tools.bench.load.LoadFailed when the server does not do what it should, so that nothing can be measured
     */
    void run(Stand stand, Findings to);
}
