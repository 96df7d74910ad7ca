package bricklayer.executor.simulated;

import bricklayer.host.CommandResult.Exited;
import java.util.List;

/** The ways a program ends. */
final class Answers {

    static final int NO_SUCH_COMMAND = 127;

    private Answers() {}

    static Exited done() {
        return new Exited(0, "", "");
    }

    static Exited said(String out) {
        return new Exited(0, out, "");
    }

    static Exited refused(int status, String err) {
        return new Exited(status, "", err.isEmpty() || err.endsWith("\n") ? err : err + "\n");
    }

    /** Never taken for a success: whoever sends a new command must teach the simulation first. */
    static Exited notSimulated(List<String> argv, String what) {
        return refused(
                NO_SUCH_COMMAND,
                "simulated node: " + what + ": " + String.join(" ", argv)
                        + "\nteach bricklayer.executor.simulated this command before sending it");
    }
}
