package bricklayer.tools;

import bricklayer.api.DoctorReport;
import bricklayer.api.DoctorRequest;
import bricklayer.client.BricklayerClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "doctor",
        description = {
            "Looks at nodes, and says what is wrong and how to mend it. Changes nothing.",
            "Ends with 0 when all is well, 1 when the server cannot be asked, 3 with warnings, 4 with errors."
        })
final class AdminDoctorCommand extends ClientCommand implements IExitCodeGenerator {

    private static final int WARNINGS = 3;
    private static final int ERRORS = 4;

    @Parameters(paramLabel = "NODE", arity = "0..1", description = "Id or host name of a node; default: all.")
    private @Nullable String node;

    @Option(names = "--host", paramLabel = "H", description = "A host that is not added yet.")
    private @Nullable String host;

    @Mixin
    private final Output output = new Output();

    private int status;

    @Override
    void run(BricklayerClient client) {
        DoctorReport report = host != null
                ? client.doctor(new DoctorRequest(host))
                : node != null ? client.doctor(names(client).node(node)) : client.doctor();
        report.nodes().stream()
                .flatMap(asked -> asked.findings().stream())
                .forEach(finding -> status = Math.max(status, weight(finding)));
        show(output, report, () -> text(report));
    }

    private void text(DoctorReport report) {
        for (DoctorReport.Node asked : report.nodes()) {
            say(
                    "%s: %s",
                    asked.host(),
                    asked.findings().isEmpty() ? "well" : asked.findings().size() + " findings");
            for (DoctorReport.Finding finding : asked.findings()) {
                say("  %s %s: %s", finding.severity(), finding.check(), finding.what());
                say("      %s", finding.fix());
            }
        }
    }

    private static int weight(DoctorReport.Finding finding) {
        return switch (finding.severity()) {
            case "error" -> ERRORS;
            case "warning" -> WARNINGS;
            default -> 0;
        };
    }

    @Override
    public int getExitCode() {
        return status;
    }
}
