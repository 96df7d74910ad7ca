package bricklayer.tools;

import bricklayer.api.Drift;
import bricklayer.api.LastDrift;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "diff",
        description = {
            "Shows where the records and the nodes disagree. Changes nothing.",
            "Exit status: 0 nowhere, 1 there are findings, 2 a part could not be told, 3 nothing could be compared."
        })
final class AdminDiffCommand extends ClientCommand implements IExitCodeGenerator {

    private static final int FINDINGS = 1;
    private static final int PARTLY_UNKNOWN = 2;
    private static final int FAILED = 3;

    @Mixin
    private final PartOfAll part = new PartOfAll();

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Again and again, with so many seconds between; shows what is new and what is gone.")
    private int watchSeconds;

    @Option(
            names = "--last",
            description = "What the last comparison of everything found, whoever asked for it. Asks no node.")
    private boolean last;

    @Mixin
    private final Output output = new Output();

    private int status;

    @Override
    public int getExitCode() {
        return status;
    }

    @Override
    void run(BricklayerClient client) {
        if (last) {
            if (!part.isAll() || watchSeconds > 0) {
                throw misuse("--last shows all of the last comparison: leave --cluster, --node and --watch out");
            }
            showLast(client);
            return;
        }
        String onlyNode = part.node(this, client);
        List<String> before = null;
        while (true) {
            // a program sees each line when the server has it, not when all nodes have answered
            boolean structured = output.structured(this);
            Differences found = new Differences(this, structured ? line -> printStructured(output, line) : line -> {});
            try {
                found.fetch(client, part.cluster(), onlyNode);
            } catch (BricklayerException e) {
                note("Error: " + e.getMessage());
                status = FAILED;
                if (watchSeconds <= 0) {
                    return;
                }
            }
            status = status == FAILED && found.end() == null ? FAILED : statusOf(found);
            if (structured) {
                out().flush();
            } else if (before == null) {
                found.print();
            } else {
                changes(before, found);
            }
            if (watchSeconds <= 0) {
                return;
            }
            before = found.findings().stream().map(Differences::line).toList();
            out().flush();
            try {
                root().surroundings().time().sleep(Duration.ofSeconds(watchSeconds));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void showLast(BricklayerClient client) {
        Differences found = new Differences(this);
        LastDrift report;
        try {
            report = client.lastReconcile();
        } catch (BricklayerException e) {
            note("Error: " + e.getMessage());
            status = FAILED;
            return;
        }
        found.take(report);
        status = statusOf(found);
        if (output.structured(this)) {
            printStructured(output, report);
            return;
        }
        found.print();
        say("as of %s%s", report.at(), report.next().isEmpty() ? "" : "; compared again at " + report.next());
    }

    private void changes(List<String> before, Differences now) {
        List<String> lines = now.findings().stream().map(Differences::line).toList();
        List<String> gone = new ArrayList<>(before);
        gone.removeAll(lines);
        gone.forEach(line -> say("gone  %s", line));
        lines.stream().filter(line -> !before.contains(line)).forEach(line -> say("new   %s", line));
    }

    private static int statusOf(Differences found) {
        Drift.End end = found.end();
        if (end == null) {
            return FAILED;
        }
        return end.unknown() > 0 ? PARTLY_UNKNOWN : end.findings() > 0 ? FINDINGS : 0;
    }
}
