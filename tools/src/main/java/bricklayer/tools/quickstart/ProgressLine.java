package bricklayer.tools.quickstart;

import java.io.PrintWriter;

/** Progress of something with a known number of parts: a bar that redraws itself on a terminal, a line for each part elsewhere. */
public final class ProgressLine {

    private static final int BAR_WIDTH = 30;
    private static final String CLEAR_TO_END = "\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;

    public ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Part {@code done} of {@code total} has just been dealt with. */
    public void show(int done, int total, String what) {
        if (terminal) {
            int filled = total == 0 ? BAR_WIDTH : BAR_WIDTH * done / total;
            out.print("\r  [" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + done + "/" + total + "  "
                    + what + CLEAR_TO_END);
            if (done == total) {
                out.println();
            }
        } else {
            out.println("  " + done + "/" + total + "  " + what);
        }
        out.flush();
    }
}
