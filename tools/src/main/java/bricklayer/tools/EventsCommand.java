package bricklayer.tools;

import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BrickInfo;
import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.Event;
import bricklayer.api.NodeInfo;
import bricklayer.api.OperationInfo;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.EventQuery;
import bricklayer.client.EventStream;
import bricklayer.client.EventsMissed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description = {
            "Shows what happened, as far back as the server's log reaches; with --follow what happens, from now on.",
            "Each line begins with a position, which --after takes."
        })
final class EventsCommand extends ClientCommand {

    private static final String FROM_THE_BEGINNING = "0";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until interrupted; takes up again by itself when the server was away for a moment.")
    private boolean follow;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Begin behind this event; a number alone is that of a write.")
    private String after = "";

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "KIND",
            description = "cluster, node, device, volume, brick, blockvolume, operation; default all.")
    private List<String> kinds = new ArrayList<>();

    @Option(names = "--id", split = ",", paramLabel = "ID", description = "Of these objects and operations only.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--cluster", split = ",", paramLabel = "ID", description = "Of these clusters only.")
    private List<String> clusters = new ArrayList<>();

    @Option(names = "--operation", split = ",", paramLabel = "ID", description = "What these operations did only.")
    private List<String> operations = new ArrayList<>();

    @Option(names = "--max", paramLabel = "N", description = "End after so many events.")
    private long max = Long.MAX_VALUE;

    @Mixin
    private final Output output = new Output();

    @Override
    boolean canBePlanned() {
        return false;
    }

    @Override
    void run(BricklayerClient client) {
        boolean fromTheBeginning = after.isEmpty() && !follow;
        String from = fromTheBeginning ? FROM_THE_BEGINNING : after;
        EventQuery query = new EventQuery(from, kinds, ids, clusters, operations, follow);
        try {
            show(client, query);
        } catch (Curl.NotSent shown) {
            // nothing follows from what comes, so it is for curl to ask
        } catch (EventsMissed missed) {
            if (!fromTheBeginning) {
                throw missed;
            }
            show(client, query.after(missed.gap().oldest()));
        }
    }

    private void show(BricklayerClient client, EventQuery query) {
        boolean structured = output.structured(this);
        try (EventStream events = client.events(query)) {
            for (long shown = 0; shown < max && events.hasNext(); shown++) {
                Event event = events.next();
                if (structured) {
                    printStructured(output, event);
                } else {
                    say("%s", line(event));
                }
                out().flush();
            }
        }
    }

    private static String line(Event event) {
        String by = event.operation().isEmpty() || event.kind().equals("operation") ? "" : "  by " + event.operation();
        return String.format(
                Locale.ROOT,
                "%s  %s  %-11s %-9s %s%s%s",
                event.position(),
                event.time(),
                event.kind(),
                event.type(),
                event.id(),
                about(event),
                by);
    }

    private static String about(Event event) {
        String text = switch (event.kind()) {
            case "volume" -> {
                VolumeInfo volume = event.objectAs(VolumeInfo.class);
                yield volume.name() + ", " + volume.sizeGiB() + " GiB";
            }
            case "blockvolume" -> {
                BlockVolumeInfo block = event.objectAs(BlockVolumeInfo.class);
                yield block.name() + ", " + block.sizeGiB() + " GiB";
            }
            case "brick" -> {
                BrickInfo brick = event.objectAs(BrickInfo.class);
                yield "of volume " + brick.volume() + " on device " + brick.device();
            }
            case "node" -> {
                NodeInfo node = event.objectAs(NodeInfo.class);
                yield String.join(",", node.hostnames().manage()) + ", " + node.state();
            }
            case "device" -> {
                DeviceInfo device = event.objectAs(DeviceInfo.class);
                yield device.name() + ", " + device.state();
            }
            case "cluster" -> {
                ClusterInfo cluster = event.objectAs(ClusterInfo.class);
                yield cluster.nodes().size() + " nodes, " + cluster.volumes().size() + " volumes";
            }
            case "operation" -> {
                OperationInfo operation = event.objectAs(OperationInfo.class);
                String why = operation.error().isEmpty() ? operation.obstacle() : operation.error();
                yield operation.typeName() + ", " + operation.state() + (why.isEmpty() ? "" : ": " + why);
            }
            default -> ""; // what a newer server tells
        };
        return text.isEmpty() ? "" : "  " + text;
    }
}
