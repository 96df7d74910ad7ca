package bricklayer.tools;

import bricklayer.api.RebootCheck;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "reboot-check",
        description = {
            "Says whether a node can be restarted now without a volume losing its quorum.",
            "Ends with 0 for yes, 1 when the server cannot be asked, 3 for no."
        })
final class AdminRebootCheckCommand extends ClientCommand implements IExitCodeGenerator {

    private static final int NO = 3;

    @Parameters(paramLabel = "NODE", description = "Its id or a host name.")
    private String node = "";

    @Mixin
    private final Output output = new Output();

    private int status;

    @Override
    void run(BricklayerClient client) {
        RebootCheck check = client.rebootCheck(names(client).node(node));
        status = check.safe() ? 0 : NO;
        show(output, check, () -> text(check));
    }

    private void text(RebootCheck check) {
        say("%s: %s", check.host(), check.safe() ? "yes, it can be restarted now" : "no, do not restart it now");
        say("  volumes with a brick there: %d", check.volumes());
        for (RebootCheck.Reason reason : check.reasons()) {
            say("  %s%s", reason.volume().isEmpty() ? "" : reason.volume() + ": ", reason.why());
        }
    }

    @Override
    public int getExitCode() {
        return status;
    }
}
