package bricklayer.tools;

import bricklayer.api.Drift;
import bricklayer.api.OperationInfo;
import bricklayer.api.RepairAnswer;
import bricklayer.api.RepairRequest;
import bricklayer.client.BricklayerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "repair",
        description = {
            "Compares the records with the nodes and puts right what differs, one finding after the other.",
            "Each repair is an operation that looks again before it acts. --plan shows what would be done.",
            "Exit status: 0 all was put right, 1 something was not."
        })
final class AdminRepairCommand extends ClientCommand implements IExitCodeGenerator {

    private static final Duration POLL = Duration.ofMillis(300);
    private static final int POLLS_MAX = 12_000;
    private static final Set<String> ONLY_NAMED = Set.of("named");
    private static final Set<String> NOT_BY_ITSELF = Set.of("data");

    @Option(
            names = "--finding",
            paramLabel = "ID",
            split = ",",
            description = "This finding; may be given several times.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--kind", paramLabel = "KIND", description = "All findings of this kind.")
    private String kind = "";

    @Mixin
    private final PartOfAll part = new PartOfAll();

    @Option(names = "--plan", description = "Only shows what would be done, command by command.")
    private boolean plan;

    @Option(
            names = "--with-files",
            description = "Lets files go that hang on what is removed. Only together with --finding.")
    private boolean withFiles;

    @Mixin
    private final Output output = new Output();

    private int status;

    @Override
    public int getExitCode() {
        return status;
    }

    @Override
    void run(BricklayerClient client) {
        if (withFiles && ids.isEmpty()) {
            throw misuse("--with-files needs --finding: files go only where each finding is named");
        }
        Differences found = new Differences(this);
        found.fetch(client, part.cluster(), part.node(this, client));
        List<String> wanted = ids.isEmpty() ? chosen(found.findings()) : ids;
        for (String id : wanted) {
            Drift.Finding finding = found.findings().stream()
                    .filter(candidate -> candidate.id().equals(id))
                    .findFirst()
                    .orElse(null);
            RepairAnswer.Repair repair = client.repair(new RepairRequest(List.of(id), plan, withFiles))
                    .repairs()
                    .getFirst();
            if (output.structured(this)) {
                printStructured(output, repair);
            } else {
                say("%s", finding == null ? id : Differences.line(finding));
                if (finding != null && plan) {
                    finding.evidence().forEach(evidence -> say("    %s", evidence));
                }
            }
            report(client, repair);
        }
        if (wanted.isEmpty() && !output.structured(this)) {
            say("Nothing to repair.");
        }
    }

    private List<String> chosen(List<Drift.Finding> findings) {
        List<String> chosen = new ArrayList<>();
        for (Drift.Finding finding : findings) {
            if (!kind.isEmpty() && !finding.kind().equals(kind)) {
                continue;
            }
            if (ONLY_NAMED.contains(finding.risk()) || NOT_BY_ITSELF.contains(finding.risk())) {
                note(Differences.line(finding) + ": left alone: " + finding.repair());
                status = 1;
            } else {
                chosen.add(finding.id());
            }
        }
        return chosen;
    }

    private void report(BricklayerClient client, RepairAnswer.Repair repair) {
        boolean quiet = output.structured(this);
        if (!repair.refused().isEmpty()) {
            status = 1;
            if (!quiet) {
                say("    not repaired: %s", repair.refused());
            }
            return;
        }
        if (plan) {
            if (!quiet) {
                for (RepairAnswer.Step step : repair.steps()) {
                    say(
                            "    %s%s",
                            step.step(),
                            step.hosts().isEmpty() ? "" : " on " + step.hosts().getFirst());
                    step.commands().forEach(command -> say("        %s", command));
                }
            }
            return;
        }
        OperationInfo ended = await(client, repair.operation());
        boolean done = ended.state().equals("done");
        status = done ? status : 1;
        if (!quiet) {
            String why = ended.error().isEmpty() ? ended.obstacle() : ended.error();
            say("    operation %s: %s%s", ended.id(), ended.state(), why.isEmpty() ? "" : ": " + why);
        }
    }

    /** Until it has ended, or an attempt has failed: the server goes on with it then. */
    private OperationInfo await(BricklayerClient client, String id) {
        OperationInfo now = client.operation(id);
        for (int polls = 0; polls < POLLS_MAX; polls++) {
            boolean open = now.state().equals("running") || now.state().equals("undoing");
            if (!open || now.attempts() > 0) {
                return now;
            }
            try {
                root().surroundings().time().sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return now;
            }
            now = client.operation(id);
        }
        return now;
    }
}
