package bricklayer.tools;

import bricklayer.api.FaultReport;
import bricklayer.api.FaultRule;
import bricklayer.api.FaultRules;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.injection.RuleReader;
import bricklayer.injection.UnusableRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "faults",
        description = {
            "Makes things go wrong on purpose, for exercises (docs/game-days.md).",
            "Only on a server that was started with permission for that."
        },
        subcommands = {
            ServerFaults.Show.class,
            ServerFaults.Points.class,
            ServerFaults.Set.class,
            ServerFaults.Add.class,
            ServerFaults.Clear.class
        })
final class ServerFaults extends Group {

    /** The rule as JSON without braces: short enough for a line, and what a file would say. */
    private static String line(FaultReport.InForce rule) {
        return "Acted:%d  Matched:%d  %s".formatted(rule.acted(), rule.matched(), WireJson.write(rule.rule()));
    }

    @Command(name = "list", description = "Shows the rules in force, and how often each has acted.")
    static final class Show extends ClientCommand {

        @Mixin
        private final Output output = new Output();

        @Override
        void run(BricklayerClient client) {
            FaultReport report = client.faults();
            show(output, report, () -> report.rules().forEach(rule -> say("%s", line(rule))));
        }
    }

    @Command(
            name = "points",
            description =
                    "Shows the fault points passed since the rules were set, in their order: where a rule can act.")
    static final class Points extends ClientCommand {

        @Override
        void run(BricklayerClient client) {
            FaultReport report = client.faults();
            report.points().forEach(point -> say("%s  Times:%d", point.point(), point.times()));
            if (report.pointsLeftOut() > 0) {
                note(report.pointsLeftOut() + " more were passed and are not listed");
            }
        }
    }

    @Command(name = "set", description = "Puts the rules of a file in the place of those in force.")
    static final class Set extends ClientCommand {

        @Parameters(paramLabel = "FILE", description = "JSON: {\"rules\": [...]}.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path file;

        @Override
        void run(BricklayerClient client) {
            try {
                client.setFaults(RuleReader.read(Files.readString(file)))
                        .rules()
                        .forEach(rule -> say("%s", line(rule)));
            } catch (IOException e) {
                throw new CommandFailed("cannot read the rules in " + file + ": " + e);
            } catch (UnusableRules e) {
                throw new CommandFailed(
                        "cannot use the rules in " + file + ":\n  " + String.join("\n  ", e.problems()));
            }
        }
    }

    @Command(name = "add", description = "Adds a rule behind those in force. All begin to count anew.")
    static final class Add extends ClientCommand {

        @Option(
                names = "--act",
                required = true,
                paramLabel = "ACT",
                description = "error, answer, delay, hang, lost-reply, garbage, truncated, unreachable or crash.")
        private String act = "";

        @Option(names = "--name", paramLabel = "NAME", description = "Under which it is logged and counted.")
        private String name = "";

        @Option(
                names = "--point",
                paramLabel = "POINT",
                description = "A fault point, with * for any text, such as delete-volume/pivot:after.")
        private String point = "";

        @Option(
                names = "--operation",
                paramLabel = "KIND",
                description = "Commands of such operations, such as create-volume.")
        private String operation = "";

        @Option(names = "--stage", paramLabel = "STAGE", description = "Commands of such stages.")
        private String stage = "";

        @Option(names = "--step", paramLabel = "STEP", description = "Commands of such steps, such as mount-brick.")
        private String step = "";

        @Option(names = "--node", paramLabel = "HOST", description = "Commands on the node with this manage host name.")
        private String node = "";

        @Option(names = "--command", paramLabel = "REGEX", description = "Commands whose line has this in it.")
        private String command = "";

        @Option(names = "--output", paramLabel = "REGEX", description = "Commands that have run and written this.")
        private String output = "";

        @Option(names = "--questions", description = "Also commands that only ask.")
        private boolean questions;

        @Option(
                names = "--while-file",
                paramLabel = "PATH",
                description = "Only while this file exists on the server's machine.")
        private String whileFile = "";

        @Option(names = "--probability", paramLabel = "P", description = "Above 0 up to 1. Default: always.")
        private float probability;

        @Option(names = "--skip", paramLabel = "N", description = "Let so many matches through first.")
        private long skip;

        @Option(names = "--every", paramLabel = "N", description = "Then act on each so-manieth only.")
        private long every;

        @Option(names = "--times", paramLabel = "N", description = "Act so many times at most.")
        private long times;

        @Option(names = "--wait-ms", paramLabel = "MS", description = "Wait so long before it acts.")
        private long waitMs;

        @Option(names = "--status", paramLabel = "N", description = "Exit status of error and answer.")
        private int status;

        @Option(names = "--stdout", paramLabel = "TEXT", description = "What the command is made to write.")
        private String stdout = "";

        @Option(names = "--stderr", paramLabel = "TEXT", description = "The same, on standard error.")
        private String stderr = "";

        @Override
        void run(BricklayerClient client) {
            FaultReport before = client.faults();
            List<FaultRule> rules = new ArrayList<>(
                    before.rules().stream().map(FaultReport.InForce::rule).toList());
            rules.add(new FaultRule(
                    name,
                    operation,
                    stage,
                    step,
                    node,
                    command,
                    output,
                    questions,
                    point,
                    whileFile,
                    probability,
                    skip,
                    every,
                    times,
                    act,
                    waitMs,
                    status,
                    stdout,
                    stderr));
            client.setFaults(new FaultRules(before.seed(), rules)).rules().forEach(rule -> say("%s", line(rule)));
        }
    }

    @Command(name = "clear", description = "Takes all rules out of force.")
    static final class Clear extends ClientCommand {

        @Override
        void run(BricklayerClient client) {
            client.clearFaults();
        }
    }
}
