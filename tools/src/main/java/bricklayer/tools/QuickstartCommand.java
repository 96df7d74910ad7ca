package bricklayer.tools;

import bricklayer.tools.quickstart.DataFolder;
import bricklayer.tools.quickstart.ProgressLine;
import bricklayer.tools.quickstart.Quickstart;
import bricklayer.tools.quickstart.ServerStarter;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "quickstart",
        description = {
            "Starts a server with simulated nodes, loads a sample topology and creates a volume.",
            "All it makes lies in the data folder, the simulated nodes in a folder beside it;",
            "a second run carries on with what it finds there. The server stays; bricklayer stop ends it."
        })
final class QuickstartCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", description = "Default: 8080, or the next one that is free.")
    private @Nullable Integer port;

    @Override
    public void run() {
        Surroundings here = ((RootCommand) spec.root().userObject()).surroundings();
        new Quickstart(
                        here.launcher().isEmpty() ? "bricklayer" : here.launcher(),
                        new DataFolder(here.dataFolder()),
                        new ServerStarter(here.launcher(), here.time()),
                        here.time(),
                        here.random(),
                        here.out(),
                        new ProgressLine(here.out(), here.terminal().watched()))
                .run(port == null ? OptionalInt.empty() : OptionalInt.of(port));
    }
}
