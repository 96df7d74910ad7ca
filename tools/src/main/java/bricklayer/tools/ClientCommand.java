package bricklayer.tools;

import bricklayer.api.PlanInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a server for something and prints what came of it. */
abstract class ClientCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public final void run() {
        BricklayerClient client = root().client();
        if (!root().dryRun() && !explains()) {
            run(client);
            return;
        }
        if (!canBePlanned()) {
            throw misuse("--dry-run is not for this command; nothing was done");
        }
        client.plan(this::run).ifPresent(this::show);
    }

    private void show(PlanInfo plan) {
        if (root().json() || spec.commandLine().getParseResult().hasMatchedOption("--json")) {
            printJson(plan);
        } else {
            printText(PlanText.of(plan, explains()));
        }
    }

    /** Whether a dry run was asked for that tells of places, too. */
    boolean explains() {
        return false;
    }

    /** False for commands that ask for several changes, of which each depends on the one before. */
    boolean canBePlanned() {
        return true;
    }

    abstract void run(BricklayerClient client);

    final RootCommand root() {
        return (RootCommand) spec.root().userObject();
    }

    final PrintWriter out() {
        return root().surroundings().out();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is not worth a dependency
    final void say(String format, Object... values) {
        out().println(String.format(Locale.ROOT, format, values));
    }

    final void printJson(Object value) {
        printText(WireJson.write(value));
    }

    /** Ends the line, which heketi-cli does not. */
    final void printText(String text) {
        boolean ended = root().surroundings().asHeketi() || text.endsWith("\n");
        out().print(ended ? text : text + "\n");
        out().flush();
    }

    /** Beside the output proper. */
    final void note(String text) {
        PrintWriter err = root().surroundings().err();
        err.println(text);
    }

    final ParameterException misuse(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
