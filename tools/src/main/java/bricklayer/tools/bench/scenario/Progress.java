package bricklayer.tools.bench.scenario;

import java.io.PrintWriter;

/** Says what is being done: in place on a terminal, a line for each change elsewhere. */
public final class Progress {

    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private String scenario = "";

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void scenario(String name) {
        scenario = name;
    }

    public synchronized void say(String what) {
        if (terminal) {
            out.print("\r  " + scenario + ": " + what + CLEAR_TO_END);
        } else {
            out.println("  " + scenario + ": " + what);
        }
        out.flush();
    }

    /** Leaves the line to others. */
    synchronized void done() {
        if (terminal) {
            out.print("\r" + CLEAR_TO_END);
            out.flush();
        }
    }
}
