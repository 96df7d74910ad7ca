package bricklayer.tools;

import bricklayer.tools.quickstart.DataFolder;
import bricklayer.tools.quickstart.ServerStopper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "stop",
        description = "Stops the server that quickstart started in the data folder. What it made stays.")
final class StopCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        Surroundings here = ((RootCommand) spec.root().userObject()).surroundings();
        here.out().println(new ServerStopper(here.time()).stop(new DataFolder(here.dataFolder())));
    }
}
