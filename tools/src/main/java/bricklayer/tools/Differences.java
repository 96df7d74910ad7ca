package bricklayer.tools;

import bricklayer.api.Drift;
import bricklayer.api.LastDrift;
import bricklayer.client.BricklayerClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one comparison of records and nodes told. On a terminal it shows how far it is. */
final class Differences {

    private final ClientCommand command;
    private final Consumer<Drift> listener;
    private final List<Drift.Finding> findings = new ArrayList<>();
    private final List<Drift.Finding> explained = new ArrayList<>();
    private final List<Drift.Gap> unknown = new ArrayList<>();
    private Drift.@Nullable End end;

    Differences(ClientCommand command) {
        this(command, line -> {});
    }

    /** @param listener hears of each line as it comes */
    Differences(ClientCommand command, Consumer<Drift> listener) {
        this.command = command;
        this.listener = listener;
    }

    void fetch(BricklayerClient client, String cluster, String node) {
        try {
            client.reconcile(cluster, node, this::take);
        } finally {
            progress("");
        }
    }

    /** What was found earlier. */
    void take(LastDrift report) {
        report.findings().forEach(finding -> take(Drift.of(finding)));
        report.unknown().forEach(gap -> take(Drift.of(gap)));
        take(Drift.of(
                new Drift.End(report.nodes(), findings.size(), explained.size(), unknown.size(), report.tookMillis())));
    }

    private void take(Drift line) {
        listener.accept(line);
        if (line.node() != null) {
            progress("looked at " + line.node().done() + " of " + line.node().of() + " nodes");
        }
        if (line.finding() != null) {
            (line.finding().explainedBy().isEmpty() ? findings : explained).add(line.finding());
        }
        if (line.unknown() != null) {
            unknown.add(line.unknown());
        }
        if (line.end() != null) {
            end = line.end();
        }
    }

    /** One line of the terminal, written over and over. */
    private void progress(String text) {
        if (command.root().surroundings().terminal().watched()) {
            PrintWriter err = command.root().surroundings().err();
            err.print("\r\u001b[K" + text);
            err.flush();
        }
    }

    List<Drift.Finding> findings() {
        return findings;
    }

    Drift.@Nullable End end() {
        return end;
    }

    static String line(Drift.Finding finding) {
        return "%s  %-20s %s%s"
                .formatted(
                        finding.id(),
                        finding.kind(),
                        finding.object(),
                        finding.node().isEmpty() ? "" : "  on node " + finding.node());
    }

    void print() {
        for (Drift.Finding finding : findings) {
            command.say("%s", line(finding));
            finding.evidence().forEach(evidence -> command.say("    %s", evidence));
            command.say("    since %s; risk: %s; repair: %s", finding.firstSeen(), finding.risk(), finding.repair());
        }
        for (Drift.Finding finding : explained) {
            command.say("%s: explained by operation %s", line(finding), finding.explainedBy());
        }
        for (Drift.Gap gap : unknown) {
            command.say("unknown: %s: %s", gap.what(), gap.why());
        }
        Drift.End last = end;
        if (last != null) {
            command.say(
                    "%d nodes: %d findings, %d explained, %d parts unknown (%.1f s)",
                    last.nodes(), last.findings(), last.explained(), last.unknown(), last.tookMillis() / 1000.0);
        }
    }
}
