package bricklayer.tools;

import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks a server for something and prints what came of it. */
abstract class ClientCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public final void run() {
        run(root().client());
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
        out().println(String.format(format, values));
    }

    final void printJson(Object value) {
        out().println(WireJson.write(value));
    }
}
