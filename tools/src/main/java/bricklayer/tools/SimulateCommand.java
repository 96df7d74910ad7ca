package bricklayer.tools;

import bricklayer.tools.quickstart.ProgressLine;
import bricklayer.tools.simulation.Simulation;
import bricklayer.tools.simulation.SimulationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "simulate",
        description = "Runs the server on virtual time, with random clients and random faults, and checks its promises."
                + " Exit status 1 when one was broken: then the seed and the shortest trace are printed.")
final class SimulateCommand implements Callable<Integer> {

    private static final int SEEDS = 200;
    private static final double NS_A_MINUTE = 60e9;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RootCommand root;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many. Default: " + SEEDS + ", or as many as there is time for with --minutes.")
    private @Nullable Integer seeds;

    @Option(names = "--seed", paramLabel = "S", description = "The first; the others follow it. Default: a new one.")
    private @Nullable Long seed;

    @Option(names = "--minutes", paramLabel = "M", description = "For so long at most.")
    private @Nullable Double minutes;

    @Option(names = "--keep-going", description = "Go on after a seed that fails.")
    private boolean keepGoing;

    @Option(names = "--trace", description = "Tell what happens in the first seed, and run no other.")
    private boolean traced;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Tell what happens in the story that a failure printed.")
    private @Nullable Path replayed;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(names = "--lying-disk", hidden = true, description = "With a disk that ignores flushes: this must fail.")
    private boolean diskLies;

    @Override
    public Integer call() {
        if (!Simulation.isPossible()) {
            return inJvmOfItsOwn();
        }
        PrintWriter out = spec.commandLine().getOut();
        long first = seed != null ? seed : root.surroundings().random().nextInt(Integer.MAX_VALUE);
        if (replayed != null) {
            return tell(Simulation.replay(read(replayed)), out);
        }
        if (traced) {
            return tell(Simulation.replay(Simulation.story(first)), out);
        }
        boolean asJson = json || root.json();
        OptionalInt limit =
                seeds != null ? OptionalInt.of(seeds) : minutes == null ? OptionalInt.of(SEEDS) : OptionalInt.empty();
        long began = System.nanoTime();
        Optional<Long> ends = Optional.ofNullable(minutes).map(count -> began + (long) (count * NS_A_MINUTE));
        Simulation.Progress progress = asJson
                ? (done, failed) -> {}
                : progress(new ProgressLine(out, root.surroundings().terminal().watched()), limit);
        Simulation.Report report = Simulation.run(
                new Simulation.Wanted(first, limit, keepGoing, diskLies),
                () -> ends.isEmpty() || System.nanoTime() < ends.get(),
                progress);
        double seconds = (System.nanoTime() - began) / 1e9;
        out.print(asJson ? SimulationText.json(report, seconds) : SimulationText.plain(report, seconds));
        out.flush();
        return report.failures().isEmpty() ? 0 : 1;
    }

    private static int tell(Simulation.Replayed what, PrintWriter out) {
        out.print(what.trace());
        out.println(what.violation().map(why -> "BROKEN: " + why).orElse("every promise was kept"));
        return what.violation().isPresent() ? 1 : 0;
    }

    private Simulation.Progress progress(ProgressLine line, OptionalInt limit) {
        if (!root.surroundings().terminal().watched()) {
            return (done, failed) -> {};
        }
        return (done, failed) -> line.show(done, limit.orElse(done + 1), "seeds, " + failed + " failed");
    }

    private String read(Path file) {
        try {
            return Files.readString(root.surroundings().workingFolder().resolve(file));
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + file + ": " + e);
        }
    }

    /** Virtual threads with a scheduler of their own need a flag that no other command should have. */
    private int inJvmOfItsOwn() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Simulation.JVM_FLAG,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                // else every thread of every dead server is remembered
                "-Djdk.trackAllThreads=false",
                "-Dlogback.configurationFile=bricklayer/tools/simulation/logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.add(spec.name());
        option(command, "--seeds", seeds);
        option(command, "--seed", seed);
        option(command, "--minutes", minutes);
        option(
                command,
                "--replay",
                replayed == null ? null : root.surroundings().workingFolder().resolve(replayed));
        flag(command, "--keep-going", keepGoing);
        flag(command, "--trace", traced);
        flag(command, "--lying-disk", diskLies);
        flag(command, "--json", json || root.json());
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the simulation", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private static void option(List<String> command, String name, @Nullable Object value) {
        if (value != null) {
            command.add(name);
            command.add(value.toString());
        }
    }

    private static void flag(List<String> command, String name, boolean set) {
        if (set) {
            command.add(name);
        }
    }
}
