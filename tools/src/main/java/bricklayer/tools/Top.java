package bricklayer.tools;

import static bricklayer.tools.output.Column.number;
import static bricklayer.tools.output.Column.state;
import static bricklayer.tools.output.Column.text;

import bricklayer.api.DeviceInfo;
import bricklayer.api.NodeInfo;
import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.TopologyInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.ServerUnreachable;
import bricklayer.client.TimeSource;
import bricklayer.tools.output.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "top",
        description = {
            "Shows capacity and open operations, again and again until q or Ctrl-C.",
            "The fullest come first. With --once, or where nobody is watching, shows them once."
        })
final class Top extends ClientCommand {

    private static final String FRESH_PAGE = "\u001b[H\u001b[2J";

    private static final Duration KEYS_LOOKED_AT = Duration.ofMillis(100);

    /** What a line is about. */
    enum By {
        CLUSTER,
        NODE,
        DEVICE
    }

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "node",
            description = "${COMPLETION-CANDIDATES}; default node.")
    private By by = By.NODE;

    @Option(names = "--every", paramLabel = "SECONDS", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
    private int seconds = 2;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "20",
            description = "Lines of each table; default: ${DEFAULT-VALUE}.")
    private int rows = 20;

    @Option(names = "--once", description = "Show it once.")
    private boolean once;

    @Override
    void run(BricklayerClient client) {
        if (seconds < 1 || rows < 1) {
            throw misuse("--every and --rows are at least 1");
        }
        if (once || !root().surroundings().terminal().watched()) {
            printText(page(client));
            return;
        }
        Optional<Terminal.Keys> keys = root().surroundings().terminal().keys();
        try {
            refresh(client, keys);
        } finally {
            keys.ifPresent(Terminal.Keys::close);
        }
    }

    private void refresh(BricklayerClient client, Optional<Terminal.Keys> keys) {
        PrintWriter out = out();
        String leave = keys.isPresent() ? "\nq leaves\n" : "";
        do {
            String page;
            try {
                page = page(client);
            } catch (ServerUnreachable away) {
                page = away.getMessage() + "; asked again in " + seconds + " s\n";
            }
            out.print(FRESH_PAGE + page + leave);
            out.flush();
        } while (!leftWithin(Duration.ofSeconds(seconds), keys));
    }

    /** Waits so long, or until somebody wants to leave. */
    private boolean leftWithin(Duration longest, Optional<Terminal.Keys> keys) {
        TimeSource time = root().surroundings().time();
        long begunNs = time.nanoTime();
        try {
            while (time.nanoTime() - begunNs < longest.toNanos()) {
                if (keys.isPresent() && leaves(keys.get().pressed())) {
                    return true;
                }
                time.sleep(keys.isPresent() ? KEYS_LOOKED_AT : longest);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean leaves(OptionalInt key) {
        return key.isPresent() && (key.getAsInt() == 'q' || key.getAsInt() == 'Q');
    }

    /** Free space of one thing. */
    private record Line(String name, String where, String state, long total, long free, int bricks) {

        static Line of(String name, String where, String state, List<DeviceInfo> devices) {
            return new Line(
                    name,
                    where,
                    state,
                    devices.stream()
                            .mapToLong(device -> device.storage().totalKiB())
                            .sum(),
                    devices.stream()
                            .mapToLong(device -> device.storage().freeKiB())
                            .sum(),
                    devices.stream().mapToInt(device -> device.bricks().size()).sum());
        }

        double used() {
            return total == 0 ? 0 : 100.0 * (total - free) / total;
        }
    }

    private String page(BricklayerClient client) {
        TopologyInfo topology = client.topology();
        List<Line> lines = new ArrayList<>(
                topology.clusters().stream().flatMap(this::lines).toList());
        lines.sort((a, b) -> Double.compare(b.used(), a.used()));
        OperationsInfo counts = client.operations();
        Instant now = root().surroundings().time().now().truncatedTo(ChronoUnit.SECONDS);
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                "%s  clusters %d  volumes %d  operations %d (running %d, failed %d, stale %d)%n%n",
                now,
                topology.clusters().size(),
                topology.clusters().stream().mapToInt(it -> it.volumes().size()).sum(),
                counts.total(),
                counts.inFlight(),
                counts.failed(),
                counts.stale()));
        Table capacity = new Table(
                text(by.name()),
                text("IN"),
                state("STATE"),
                number("SIZE GIB"),
                number("FREE GIB"),
                number("USED %"),
                number("BRICKS"));
        lines.stream()
                .limit(rows)
                .forEach(line -> capacity.row(
                        line.name(),
                        line.where(),
                        line.state(),
                        line.total() / Texts.KIB_PER_GIB,
                        line.free() / Texts.KIB_PER_GIB,
                        String.format(Locale.ROOT, "%.1f", line.used()),
                        line.bricks()));
        append(page, capacity, lines.size());
        List<PendingOperation> open = client.pendingOperations();
        Table operations = new Table(text("OPERATION"), state("STATE"), text("ID"));
        open.stream()
                .limit(rows)
                .forEach(operation -> operations.row(
                        operation.typeName(),
                        operation.status().isEmpty() ? operation.subStatus() : operation.status(),
                        operation.id()));
        append(page.append('\n'), operations, open.size());
        return page.toString();
    }

    private void append(StringBuilder page, Table table, int all) {
        page.append(table.render(false, root().surroundings().terminal().width(), root().style()));
        if (all > rows) {
            page.append("and ").append(all - rows).append(" more\n");
        }
    }

    private Stream<Line> lines(TopologyInfo.Cluster cluster) {
        return switch (by) {
            case CLUSTER ->
                Stream.of(Line.of(
                        cluster.id(),
                        "",
                        "",
                        cluster.nodes().stream()
                                .flatMap(node -> node.devices().stream())
                                .toList()));
            case NODE ->
                cluster.nodes().stream()
                        .map(node -> Line.of(host(node), cluster.id(), Texts.state(node.state()), node.devices()));
            case DEVICE ->
                cluster.nodes().stream()
                        .flatMap(node -> node.devices().stream()
                                .map(device -> Line.of(
                                        device.name(), host(node), Texts.state(device.state()), List.of(device))));
        };
    }

    private static String host(NodeInfo node) {
        return node.hostnames().manage().stream().findFirst().orElse(node.id());
    }
}
