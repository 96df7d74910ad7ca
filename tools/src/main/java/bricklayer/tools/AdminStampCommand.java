package bricklayer.tools;

import bricklayer.api.StampReport;
import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Command;
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

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    void run(BricklayerClient client) {
        StampReport report = client.compareStamps();
        if (json) {
            printJson(report);
        } else {
            report.differences().forEach(this::show);
            report.unknown().forEach(unknown -> say("%s is left as it is: %s", unknown.id(), unknown.why()));
        }
        if (plan) {
            if (!json) {
                say("%d places would be written.", report.differences().size());
            }
            return;
        }
        int places = report.differences().size();
        for (int round = 0; !report.differences().isEmpty() && round < ROUNDS_MAX; round++) {
            int before = report.differences().size();
            client.stamp();
            report = client.compareStamps();
            if (report.differences().size() >= before) {
                throw new CommandFailed(report.differences().size()
                        + " places still differ; another server or person is writing to them");
            }
        }
        if (!json) {
            say("%d places were written.", places);
        }
    }

    private void show(StampReport.Difference place) {
        say("%s %s (%s) on %s", place.kind(), place.id(), place.name(), String.join(",", place.where()));
        place.remove().forEach(text -> say("  - %s", text));
        place.add().forEach(text -> say("  + %s", text));
    }
}
