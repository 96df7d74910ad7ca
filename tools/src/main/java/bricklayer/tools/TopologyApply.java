package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import bricklayer.client.TopologyApplied;
import bricklayer.client.TopologyPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        description = {
            "Makes the clusters, nodes and devices what a file says: adds what is missing, sets zones and tags that differ.",
            "Shows the changes first and asks. Removes nothing: what the file does not mention is only listed.",
            "After a failure give it again; it goes on with what is left.",
            "Ends with 0 when all is as the file says, 1 when a change was refused; with --plan 3 when there are changes to make."
        },
        footerHeading = Examples.HEADING,
        footer = Examples.TOPOLOGY)
final class TopologyApply extends ClientCommand implements IExitCodeGenerator {

    private static final int CHANGES = 3;

    @Parameters(paramLabel = "FILE", description = "What there should be, as JSON.")
    private Path file = Path.of("");

    @Option(names = "--plan", description = "Only show the changes; --dry-run is the same.")
    private boolean planOnly;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean agreed;

    @Mixin
    private final Output output = new Output();

    private int status;

    @Override
    boolean plansItself() {
        return true;
    }

    @Override
    void run(BricklayerClient client) {
        TopologyPlan plan = client.planTopology(TopologyFiles.read(root().surroundings(), file));
        if (planOnly || root().dryRun()) {
            show(output, plan, () -> printText(TopologyPlanText.of(plan)));
            status = plan.changes().isEmpty() ? 0 : CHANGES;
            return;
        }
        if (root().curl()) {
            client.applyTopology(plan, step -> {});
            note(
                    "Changes: " + plan.changes().size()
                            + ", not sent. Names of clusters and nodes that are not there yet stand for the ids in the answers.");
            return;
        }
        boolean structured = output.structured(this);
        if (!structured) {
            printText(TopologyPlanText.of(plan));
        }
        if (plan.changes().isEmpty()) {
            if (structured) {
                show(output, List.of(), () -> {});
            }
            return;
        }
        if (!agreed && !agrees(plan.changes().size())) {
            throw new CommandFailed("nothing was changed");
        }
        List<TopologyApplied> applied = client.applyTopology(plan, step -> {
            if (!structured) {
                say("%s", TopologyPlanText.line(step));
            }
        });
        if (structured) {
            show(output, applied, () -> {});
        }
        long refused =
                applied.stream().filter(step -> !step.refused().isEmpty()).count();
        if (refused > 0) {
            throw new CommandFailed(refused + " of " + applied.size()
                    + " changes were refused, see above; give the command again when that is mended");
        }
        if (!structured) {
            say("Done: %d changes.", applied.size());
        }
    }

    private boolean agrees(int changes) {
        Terminal terminal = root().surroundings().terminal();
        if (!terminal.watched()) {
            throw misuse("nobody to ask; --yes makes the changes, --plan only shows them");
        }
        out().print("Make these " + changes + " changes? [y/N] ");
        out().flush();
        Optional<String> answer = terminal.line();
        return answer.filter(line -> line.strip().matches("(?i)y|yes")).isPresent();
    }

    @Override
    public int getExitCode() {
        return status;
    }
}
