package bricklayer.tools;

import bricklayer.api.OperationsHealth;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;

@Command(
        name = "health",
        description = {
            "Shows how the server itself is, and what to do about whatever is not well.",
            "Ends with 0 when it is ok, 1 when it cannot be asked, 3 when it is degraded, 4 when it is read-only."
        })
final class AdminHealthCommand extends ClientCommand implements IExitCodeGenerator {

    private static final int DEGRADED = 3;
    private static final int READ_ONLY = 4;

    @Mixin
    private final Output output = new Output();

    private String status = "ok";

    @Override
    void run(BricklayerClient client) {
        OperationsHealth health = client.health();
        status = health.status();
        show(output, health, () -> text(health));
    }

    private void text(OperationsHealth health) {
        say("Status: %s, since %s", health.status(), health.since());
        if (!health.readOnly().isEmpty()) {
            say("Read-only: %s", health.readOnly());
        }
        for (OperationsHealth.Damaged damaged : health.damaged()) {
            say("Damaged: %s offset %d: %s", damaged.file(), damaged.offset(), damaged.what());
            say("    %s", damaged.next());
        }
        for (OperationsHealth.Quarantined row : health.quarantined()) {
            say("Unreadable: %s/%s%s: %s", row.table(), row.key(), written(row), row.why());
            say("    %s", row.next());
        }
        for (OperationsHealth.Stuck stuck : health.stuck()) {
            say("Stuck: %s %s, %d attempts: %s", stuck.typeName(), stuck.id(), stuck.attempts(), stuck.obstacle());
            say("    %s", stuck.next());
        }
        for (OperationsHealth.Finding finding : health.findings()) {
            say("Finding: %s", finding.what());
            say("    %s", finding.next());
        }
        say(
                "Records: transaction %d, %d flushes since the start, a start would read %d bytes of log",
                health.records().sequence(),
                health.records().flushes(),
                health.records().toReplay());
    }

    private static String written(OperationsHealth.Quarantined row) {
        return row.written().isEmpty() ? "" : " of " + row.written();
    }

    @Override
    public int getExitCode() {
        return switch (status) {
            case "ok" -> 0;
            case "read-only" -> READ_ONLY;
            default -> DEGRADED;
        };
    }
}
