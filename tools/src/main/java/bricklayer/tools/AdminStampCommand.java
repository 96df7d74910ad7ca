package bricklayer.tools;

import bricklayer.api.StampReport;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stamp",
        description = "Lets volume groups and gluster volumes say what the records say, so that the records can be made"
                + " again from the nodes. Needed for what was made before the server did so by itself, and after somebody"
                + " changed tags or options by hand.")
final class AdminStampCommand extends ClientCommand {

    /** The server writes a limited number of places at once. */
    private static final int ROUNDS_MAX = 10_000;

    @Option(names = "--plan", description = "Only shows what would be written, and where.")
    private boolean plan;

    @Mixin
    private final Output output = new Output();

    @Override
    void run(BricklayerClient client) {
        StampReport before = client.compareStamps();
        show(output, before, () -> text(before));
        if (plan) {
            if (!output.structured(this)) {
                say("%d places would be written.", before.differences().size());
            }
            return;
        }
        int places = before.differences().size();
        StampReport report = before;
        for (int round = 0; !report.differences().isEmpty() && round < ROUNDS_MAX; round++) {
            int left = report.differences().size();
            client.stamp();
            report = client.compareStamps();
            if (report.differences().size() >= left) {
                throw new CommandFailed(report.differences().size()
                        + " places still differ; another server or person is writing to them");
            }
        }
        if (!output.structured(this)) {
            say("%d places were written.", places);
        }
    }

    private void text(StampReport report) {
        report.differences().forEach(this::text);
        report.unknown().forEach(unknown -> say("%s is left as it is: %s", unknown.id(), unknown.why()));
    }

    private void text(StampReport.Difference place) {
        say("%s %s (%s) on %s", place.kind(), place.id(), place.name(), String.join(",", place.where()));
        place.remove().forEach(text -> say("  - %s", text));
        place.add().forEach(text -> say("  + %s", text));
    }
}
