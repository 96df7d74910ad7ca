package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.GlusterVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots, as far as a volume that has some cannot be deleted: snapshot create, delete, list. */
final class GlusterSnapshots {

    private static final int NO_SUCH_SNAPSHOT = 30807;
    private static final int BRICK_DOWN = 30803;
    private static final int EXISTS = 30812;

    private final Node node;
    private final Pools pools;
    private final Changes changes;

    GlusterSnapshots(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.pools = pools;
        this.changes = changes;
    }

    /** {@code <snapshot> <volume> no-timestamp}. */
    GlusterReply create(List<String> words) {
        if (words.size() != 3 || !words.get(2).equals("no-timestamp")) {
            throw new NotSimulated("a snapshot with other words than no-timestamp");
        }
        String command = "snapshot create";
        String name = words.get(0);
        Optional<GlusterVolume> volume = pools.find(node, words.get(1));
        if (volume.isEmpty()) {
            return GlusterReply.failed(command, "Volume (" + words.get(1) + ") does not exist");
        }
        if (holder(name).isPresent()) {
            return GlusterReply.failed(command, EXISTS, "Snapshot " + name + " already exists", "");
        }
        if (!volume.get().isStarted()) {
            return GlusterReply.failed(command, "volume " + words.get(1) + " is not in a started state");
        }
        boolean allUp = volume.get().bricks().stream()
                .allMatch(brick -> pools.byHost(brick.host()).answersGluster());
        if (!allUp) {
            return GlusterReply.failed(command, BRICK_DOWN, "One or more bricks may be down.", "");
        }
        List<String> snapshots = new ArrayList<>(volume.get().snapshots());
        snapshots.add(name);
        pools.put(changes, Pools.key(node, words.get(1)), volume.get().withSnapshots(snapshots));
        return GlusterReply.done(
                command,
                "success: Snap " + name + " created successfully",
                "  <snapCreate>\n    <snapshot>\n      " + GlusterReply.element("name", name)
                        + "\n    </snapshot>\n  </snapCreate>\n");
    }

    private Optional<Map.Entry<String, GlusterVolume>> holder(String snapshot) {
        return pools.of(node).entrySet().stream()
                .filter(entry -> entry.getValue().snapshots().contains(snapshot))
                .findFirst();
    }

    GlusterReply delete(String name) {
        String command = "snapshot delete";
        Optional<Map.Entry<String, GlusterVolume>> found = holder(name);
        if (found.isEmpty()) {
            return GlusterReply.failed(command, NO_SUCH_SNAPSHOT, "Snapshot (" + name + ") does not exist", "");
        }
        GlusterVolume volume = found.get().getValue();
        pools.put(
                changes,
                found.get().getKey(),
                volume.withSnapshots(volume.snapshots().stream()
                        .filter(other -> !other.equals(name))
                        .toList()));
        return GlusterReply.done(command, name + ": snap removed successfully", "");
    }

    /** Of one volume, or of all. */
    GlusterReply list(List<String> words) {
        String command = "snapshot list";
        List<String> names;
        if (words.isEmpty()) {
            names = pools.of(node).values().stream()
                    .flatMap(volume -> volume.snapshots().stream())
                    .sorted()
                    .toList();
        } else {
            Optional<GlusterVolume> volume = pools.find(node, words.getFirst());
            if (volume.isEmpty()) {
                return GlusterReply.failed(command, "Volume (" + words.getFirst() + ") does not exist");
            }
            names = volume.get().snapshots();
        }
        StringBuilder xml = new StringBuilder("  <snapList>\n    <count>" + names.size() + "</count>\n");
        names.forEach(name -> xml.append("    ")
                .append(GlusterReply.element("snapshot", name))
                .append('\n'));
        return GlusterReply.done(
                command, "see the XML", xml.append("  </snapList>\n").toString());
    }
}
