package bricklayer.tools;

import bricklayer.api.UnreadableJson;
import bricklayer.tools.bench.WorldOnDisk;
import bricklayer.tools.bench.load.LoadFailed;
import bricklayer.tools.bench.load.Target;
import bricklayer.tools.bench.report.Bars;
import bricklayer.tools.bench.report.BenchReport;
import bricklayer.tools.bench.report.HtmlReport;
import bricklayer.tools.bench.report.MarkdownReport;
import bricklayer.tools.bench.report.TextReport;
import bricklayer.tools.bench.scenario.Bench;
import bricklayer.tools.bench.scenario.BenchSettings;
import bricklayer.tools.bench.scenario.Progress;
import bricklayer.tools.bench.scenario.Scenario;
import bricklayer.tools.bench.scenario.Scenarios;
import bricklayer.tools.bench.scenario.Stand;
import bricklayer.tools.bench.server.Nodes;
import bricklayer.tools.bench.server.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        aliases = "all",
        description = {
            "Puts load on a server and reports what it did: as text, as bench.json and as bench.html, with the bars that are met and missed; a run that is smaller than a bar asks for is not judged by it.",
            "It starts the server itself, with simulated nodes, unless --server names one, of any kind that speaks Heketi's REST interface; that should have nodes, no volumes, and nothing to lose.",
            "Scenarios (all of them by default, in this order): see docs/performance.md."
        })
final class BenchScenarios implements Callable<Integer> {

    private static final int NODES_FIELDS = 3;
    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kKmMgG]?");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO", arity = "0..*", description = "Which; without any, all.")
    private List<String> names = List.of();

    @Option(
            names = "--quick",
            description = "A hundredth of everything, to see that it works; its figures mean little.")
    private boolean quick;

    @Option(
            names = "--volumes",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Of a full database. Default: ${DEFAULT-VALUE}.")
    private int volumes;

    @Option(
            names = "--burst",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Volumes asked for at once. Default: ${DEFAULT-VALUE}.")
    private int burst;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "32", description = "Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Of what is short; medians and spread are told. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Of steady load, each run. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Operations a second of steady load. Default: half of what the server can do.")
    private double rate;

    @Option(
            names = "--nodes",
            paramLabel = "CxNxD",
            defaultValue = "200x5x12",
            description = "Clusters, nodes of each, devices of each node. Default: ${DEFAULT-VALUE}.")
    private String nodes = "";

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "2g",
            description = "Of the server. Default: ${DEFAULT-VALUE}.")
    private String heap = "";

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "10000",
            description = "glusterfs.max_inflight_operations of the server. Default: ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(
            names = "--command-ms",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "How long commands take on nodes that are not infinitely fast; 0 to leave that out. Default: ${DEFAULT-VALUE}.")
    private int commandMillis;

    @Option(
            names = "--peer",
            paramLabel = "FILE",
            description = "A bench.json of another server, measured on this machine, to be compared with.")
    private @Nullable Path peer;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description =
                    "Also write the report for a page such as docs/performance.md, between its two marks if they are there.")
    private @Nullable Path markdown;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "bench",
            description =
                    "Where the reports go, and databases while it runs; on the disk that is to be measured. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("bench");

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        // before anything is made
        List<Scenario> scenarios = scenarios();
        BenchSettings settings = settings();
        Optional<Target> target = target();
        Optional<BenchReport> other = Optional.ofNullable(peer).map(this::read);
        Path into = root().surroundings().workingFolder().resolve(folder);
        Files.createDirectories(into);
        Progress progress = new Progress(out, root().surroundings().terminal().watched());
        try (Stand stand = new Stand(into.resolve("work"), settings, target, progress)) {
            BenchReport report = Bars.judge(
                    Bench.run(
                            scenarios,
                            stand,
                            into,
                            measured(),
                            root().surroundings().time().now(),
                            each -> {
                                out.print(TextReport.of(each));
                                out.flush();
                            }),
                    other);
            report.write(into.resolve("bench.json"));
            Files.writeString(into.resolve("bench.html"), HtmlReport.of(report));
            if (markdown != null) {
                MarkdownReport.put(report, root().surroundings().workingFolder().resolve(markdown));
            }
            out.print(TextReport.bars(report));
            out.println("\n" + into.resolve("bench.json") + "\n" + into.resolve("bench.html"));
            return report.failed() ? 1 : 0;
        } catch (LoadFailed e) {
            throw new CommandFailed(Objects.requireNonNullElse(e.getMessage(), "cannot measure"));
        }
    }

    private RootCommand root() {
        return (RootCommand) spec.root().userObject();
    }

    private List<Scenario> scenarios() {
        List<Scenario> wanted = names.isEmpty()
                ? Scenarios.ALL
                : names.stream()
                        .map(name -> Scenarios.named(name)
                                .orElseThrow(() -> wrong(
                                        "no scenario " + name + "; there are " + String.join(", ", Scenarios.names()))))
                        .toList();
        if (server().isEmpty()) {
            return wanted;
        }
        wanted.stream()
                .filter(each -> !names.isEmpty() && !each.forAnyServer())
                .findFirst()
                .ifPresent(each -> {
                    throw wrong(each.name() + " is for a server that is started here; leave --server out");
                });
        return wanted.stream().filter(Scenario::forAnyServer).toList();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private BenchSettings settings() {
        int less = quick ? 100 : 1;
        if (clients < 1
                || runs < 1
                || seconds < 1
                || burst < 1
                || volumes < 1
                || rate < 0
                || commandMillis < 0
                || inFlight < 1) {
            throw wrong("numbers must be at least 1; a rate, and the time of commands, may be 0");
        }
        if (!HEAP.matcher(heap).matches()) {
            throw wrong("--heap " + heap + ": wanted is a size as -Xmx takes it, such as 2g or 512m");
        }
        return new BenchSettings(
                Math.max(1000, volumes / less),
                Math.max(100, burst / less),
                clients,
                quick ? 1 : runs,
                quick ? 2 : seconds,
                rate,
                nodes(),
                new ServerSettings(heap, inFlight, Duration.ZERO, List.of()),
                Duration.ofMillis(commandMillis),
                quick);
    }

    private Nodes nodes() {
        String[] fields = (quick && !spec.commandLine().getParseResult().hasMatchedOption("--nodes") ? "4x4x4" : nodes)
                .split("x", -1);
        try {
            Nodes asked =
                    new Nodes(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
            // refuses what cannot be made
            new WorldOnDisk.Size(asked.clusters(), asked.nodes(), asked.devices(), 0, false);
            if (fields.length == NODES_FIELDS) {
                return asked;
            }
        } catch (IllegalArgumentException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            // told below
        }
        throw wrong(
                "--nodes " + nodes
                        + ": wanted are three numbers such as 200x5x12: 1 to 256 clusters, at least 3 nodes of each, 1 to 25 devices of each node");
    }

    /** That somebody else started. */
    private Optional<String> server() {
        return Optional.ofNullable(root().said().server());
    }

    private Optional<Target> target() {
        try {
            return server().map(
                            url -> new Target(URI.create(url), root().target().credentials()));
        } catch (LoadFailed | IllegalArgumentException e) {
            throw wrong("--server: " + e.getMessage());
        }
    }

    private BenchReport read(Path file) {
        try {
            return BenchReport.read(root().surroundings().workingFolder().resolve(file));
        } catch (IOException | UnreadableJson e) {
            throw new CommandFailed("cannot read " + file + ": " + e.getMessage());
        }
    }

    private Bench.Measured measured() {
        return server().map(url -> new Bench.Measured(url, "unknown", "unknown"))
                .orElseGet(() -> new Bench.Measured("bricklayer", VersionCommand.number(), commit()));
    }

    /** Of the sources that this program was built from, if they are beside it. */
    private String commit() {
        String launcher = root().surroundings().launcher();
        Path beside = Path.of(launcher).toAbsolutePath().getParent();
        if (launcher.isEmpty() || beside == null) {
            return "unknown";
        }
        try {
            Process git = new ProcessBuilder("git", "-C", beside.toString(), "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String told = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !told.isEmpty() ? told : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
