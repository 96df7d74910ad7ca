package bricklayer.tools;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Shows the version.")
final class VersionCommand implements Runnable, IVersionProvider {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(text());
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    static String number() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private String text() {
        String version = number();
        String name = spec.root().name();
        return name.equals("bricklayer") ? name + " " + version + ", Java " + Runtime.version() : name + " " + version;
    }
}
