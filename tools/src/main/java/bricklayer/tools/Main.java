package bricklayer.tools;

import bricklayer.client.TimeSource;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine;

/** The way into the {@code bricklayer} program, for people and for the server. */
public final class Main {

    private static final String HEKETI_CLI = "heketi-cli";

    private Main() {}

    public static void main(String[] args) {
        Surroundings surroundings = new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                System.getProperty("bricklayer.launcher", ""),
                System.getProperty("bricklayer.called", "").equals(HEKETI_CLI),
                new ConsoleTerminal(System.getenv()),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                TimeSource.SYSTEM,
                new SecureRandom());
        int status = commandLine(surroundings).execute(args);
        // the server goes on in threads of its own, so success must not end the process
        if (status != 0) {
            System.exit(status);
        }
    }

    static CommandLine commandLine(Surroundings surroundings) {
        Failures failures = new Failures(surroundings.asHeketi());
        CommandLine commandLine = new CommandLine(new RootCommand(surroundings))
                .addSubcommand(new ServerCommand())
                .addSubcommand(new QuickstartCommand())
                .addSubcommand(new StopCommand())
                .addSubcommand(new ClusterCommand())
                .addSubcommand(new NodeCommand())
                .addSubcommand(new DeviceCommand())
                .addSubcommand(new BrickCommand())
                .addSubcommand(new VolumeCommand())
                .addSubcommand(new BlockVolumeCommand())
                .addSubcommand(new TopologyCommand())
                .addSubcommand(new PlanCommand())
                .addSubcommand(new DbCommand())
                .addSubcommand(new LogLevelCommand())
                .addSubcommand(new TokenCommand())
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new AdminCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new VersionCommand())
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(failures::misused)
                .setExecutionExceptionHandler(failures::failed);
        if (surroundings.asHeketi()) {
            commandLine.setCommandName(HEKETI_CLI);
        }
        Output.letAllTake(commandLine);
        return commandLine;
    }
}
