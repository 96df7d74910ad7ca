package bricklayer.tools;

import bricklayer.api.DoctorReport;
import bricklayer.api.DoctorRequest;
import bricklayer.client.BricklayerClient;
import bricklayer.client.RequestRefused;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/**
 * The doctor's look at a machine before it, or a disk of it, is added: one request more. What would certainly fail is refused with what mends it; the rest is said beside. heketi-cli has no such thing, so by its name nothing is looked at.
 */
final class LookFirst {

    @Option(names = "--no-doctor", description = "Does not look at the machine first, as bricklayer admin doctor does.")
    private boolean skipped;

    /** What nothing on a node works without. */
    private static final Set<String> FOR_ALL = Set.of("reach", "sudo");

    void atNode(ClientCommand command, BricklayerClient client, String host) {
        look(
                command,
                () -> client.doctor(new DoctorRequest(host)),
                finding -> finding.check().equals("glusterd") || isProgram(finding, "gluster"));
    }

    void atDevice(ClientCommand command, BricklayerClient client, String node) {
        look(
                command,
                () -> client.doctor(node),
                finding -> isProgram(finding, "lvm")
                        || (finding.check().equals("module") && finding.what().contains("dm_thin_pool")));
    }

    private static boolean isProgram(DoctorReport.Finding finding, String program) {
        return finding.check().equals("program") && finding.what().endsWith(" " + program);
    }

    private void look(
            ClientCommand command, Supplier<DoctorReport> question, Predicate<DoctorReport.Finding> alsoHopeless) {
        // a dry run would take the question for the change that is to be planned
        if (skipped
                || command.root().surroundings().asHeketi()
                || command.root().dryRun()) {
            return;
        }
        DoctorReport report;
        try {
            report = question.get();
        } catch (RequestRefused cannotTell) {
            return; // an older server, or a name that the change itself is refused for
        }
        report.nodes().stream().flatMap(node -> node.findings().stream()).forEach(finding -> {
            if (FOR_ALL.contains(finding.check()) || alsoHopeless.test(finding)) {
                throw new CommandFailed("it would fail: " + finding.what() + ". To mend it: " + finding.fix()
                        + ". Nothing was done; --no-doctor tries it all the same");
            }
            if (finding.severity().equals("error") || finding.severity().equals("warning")) {
                command.note("Note: " + finding.what() + " (" + finding.fix() + ")");
            }
        });
    }
}
