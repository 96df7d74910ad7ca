package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Brick;
import bricklayer.executor.simulated.Facts.Count;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Snapshot;
import bricklayer.executor.simulated.Facts.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Snapshots: create, activate, deactivate, clone, delete, info, list, and how many there may be. */
final class GlusterSnapshots {

    private static final int NO_SUCH_SNAPSHOT = 30807;
    private static final int BRICK_DOWN = 30803;
    private static final int EXISTS = 30812;
    private static final int NOT_STARTED = 30810;
    private static final int INVALID = 22;
    private static final long LIMIT_MAX = 256;

    private final Node node;
    private final Pools pools;
    private final Changes changes;
    private final CopiedBricks copies;

    GlusterSnapshots(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.pools = pools;
        this.changes = changes;
        this.copies = new CopiedBricks(pools, changes);
    }

    /** {@code <snapshot> <volume> no-timestamp}. */
    GlusterReply create(List<String> words) {
        if (words.size() != 3 || !words.get(2).equals("no-timestamp")) {
            throw new NotSimulated("a snapshot with other words than no-timestamp");
        }
        String command = "snapshot create";
        String name = words.get(0);
        String volumeName = words.get(1);
        Optional<GlusterVolume> found = pools.find(node, volumeName);
        if (found.isEmpty()) {
            return GlusterReply.failed(command, "Volume (" + volumeName + ") does not exist");
        }
        GlusterVolume volume = found.get();
        if (snapshot(name).isPresent()) {
            return GlusterReply.failed(command, EXISTS, "Snapshot " + name + " already exists", "");
        }
        if (!volume.isStarted()) {
            return GlusterReply.failed(command, NOT_STARTED, "volume " + volumeName + " is not started", "");
        }
        if (!allUp(volume.bricks())) {
            return GlusterReply.failed(command, BRICK_DOWN, "One or more bricks may be down.", "");
        }
        if (!copies.allThin(volume.bricks())) {
            return GlusterReply.failed(
                    command,
                    "Snapshot is supported only for thin provisioned LV. Ensure that all bricks of " + volumeName
                            + " are thinly provisioned LV.");
        }
        String id = pools.nextId(changes, "snapshot " + name);
        changes.put(
                pools.snapshots,
                key(name),
                new Snapshot(
                        id,
                        volumeName,
                        false,
                        volume.layout(),
                        volume.options(),
                        copies.copy(volume.bricks(), id),
                        false,
                        away(),
                        List.of()));
        List<String> names = new ArrayList<>(volume.snapshots());
        names.add(name);
        pools.put(changes, Pools.key(node, volumeName), volume.withSnapshots(names));
        return GlusterReply.done(
                command, "success: Snap " + name + " created successfully", named("snapCreate", "snapshot", name, id));
    }

    private boolean allUp(List<Brick> bricks) {
        return bricks.stream().allMatch(brick -> pools.byHost(brick.host()).answersGluster());
    }

    private String key(String name) {
        return Pools.key(node, name);
    }

    private Optional<Snapshot> snapshot(String name) {
        return pools.snapshots.find(key(name)).filter(snapshot -> !snapshot.deleted());
    }

    private static String named(String list, String element, String name, String id) {
        return "  <%1$s>\n    <%2$s>\n      %3$s\n      <uuid>%4$s</uuid>\n    </%2$s>\n  </%1$s>\n"
                .formatted(list, element, GlusterReply.element("name", name), id);
    }

    GlusterReply activate(String name) {
        return setActive("activate", name, true);
    }

    GlusterReply deactivate(String name) {
        return setActive("deactivate", name, false);
    }

    private GlusterReply setActive(String verb, String name, boolean active) {
        Optional<Snapshot> found = snapshot(name);
        if (found.isEmpty()) {
            return missing("snapshot " + verb, name);
        }
        if (found.get().active() == active) {
            return GlusterReply.failed(
                    "snapshot " + verb, INVALID, "Snapshot " + name + " is already " + verb + "d.", "");
        }
        if (active) {
            copies.mount(found.get().bricks());
        } else {
            copies.unmount(found.get().bricks());
        }
        changes.put(pools.snapshots, key(name), found.get().active(active));
        return GlusterReply.done("Snapshot " + verb + ": " + name, "Snap " + verb + "d successfully", "");
    }

    private static GlusterReply missing(String command, String name) {
        return GlusterReply.failed(command, NO_SUCH_SNAPSHOT, "Snapshot (" + name + ") does not exist", "");
    }

    /** {@code <clone> <snapshot>}. */
    GlusterReply cloneFrom(List<String> words) {
        if (words.size() != 2) {
            throw new NotSimulated("a snapshot clone with " + words.size() + " words");
        }
        String command = "snapshot clone";
        String clone = words.get(0);
        String name = words.get(1);
        Optional<Snapshot> found = snapshot(name);
        if (pools.find(node, clone).isPresent()) {
            return GlusterReply.failed(command, "Volume with name:" + clone + " already exists");
        }
        if (found.isEmpty()) {
            return GlusterReply.failed(command, "Failed to find :" + name + " snap");
        }
        Snapshot snapshot = found.get();
        if (!snapshot.active()) {
            return GlusterReply.failed(command, "Snapshot " + name + " is not activated");
        }
        if (!allUp(snapshot.bricks())) {
            return GlusterReply.failed(command, BRICK_DOWN, "One or more bricks may be down.", "");
        }
        String id = pools.nextId(changes, clone);
        List<Brick> bricks = copies.copy(snapshot.bricks(), id);
        copies.mount(bricks);
        pools.put(
                changes,
                Pools.key(node, clone),
                new GlusterVolume(id, snapshot.layout(), Status.CREATED, bricks, snapshot.options(), List.of()));
        return GlusterReply.done(
                command,
                "success: Clone " + clone + " created successfully",
                named("CloneCreate", "volume", clone, id));
    }

    /** A member of the pool that is away goes on knowing it, see {@link Pools#returned}. */
    private List<String> away() {
        return pools.others(node).stream()
                .filter(other -> !other.answersGluster())
                .map(Node::name)
                .toList();
    }

    GlusterReply delete(String name) {
        String command = "snapshot delete";
        Optional<Snapshot> found = snapshot(name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        Snapshot snapshot = found.get();
        copies.remove(snapshot.bricks());
        List<String> keepers = away().stream().filter(snapshot::isKnownTo).toList();
        if (keepers.isEmpty()) {
            changes.remove(pools.snapshots, key(name));
        } else {
            changes.put(pools.snapshots, key(name), snapshot.deletedBut(keepers));
        }
        pools.find(node, snapshot.volume())
                .ifPresent(volume -> pools.put(
                        changes,
                        Pools.key(node, snapshot.volume()),
                        volume.withSnapshots(volume.snapshots().stream()
                                .filter(other -> !other.equals(name))
                                .toList())));
        return GlusterReply.done(command, name + ": snap removed successfully", "");
    }

    GlusterReply info(String name) {
        String command = "snapshot info";
        Optional<Snapshot> found = snapshot(name);
        if (found.isEmpty()) {
            return GlusterReply.failed(command, "Snapshot (" + name + ") does not exist");
        }
        return shown(command, Map.of(name, found.get()));
    }

    GlusterReply infoOfAll() {
        Map<String, Snapshot> all = new TreeMap<>();
        String prefix = key("");
        pools.snapshots.startingWith(prefix).forEach((key, snapshot) -> {
            if (!snapshot.deleted()) {
                all.put(key.substring(prefix.length()), snapshot);
            }
        });
        return shown("snapshot info", all);
    }

    private GlusterReply shown(String command, Map<String, Snapshot> snapshots) {
        StringBuilder xml =
                new StringBuilder("  <snapInfo>\n    <count>" + snapshots.size() + "</count>\n    <snapshots>\n");
        snapshots.forEach((name, snapshot) -> shown(xml, name, snapshot));
        return GlusterReply.done(
                command,
                "see the XML",
                xml.append("    </snapshots>\n  </snapInfo>\n").toString());
    }

    private void shown(StringBuilder xml, String name, Snapshot snapshot) {
        int snapshots = pools.find(node, snapshot.volume())
                .map(volume -> volume.snapshots().size())
                .orElse(0);
        xml.append("""
                      <snapshot>
                        %s
                        <uuid>%s</uuid>
                        <description/>
                        <createTime>1970-01-01 00:00:00 +0000</createTime>
                        <volCount>1</volCount>
                        <snapVolume>
                          <name>%s</name>
                          <status>%s</status>
                          <originVolume>
                            %s
                            <snapCount>%d</snapCount>
                            <snapRemaining>%d</snapRemaining>
                          </originVolume>
                        </snapVolume>
                      </snapshot>
                """.formatted(
                        GlusterReply.element("name", name),
                        snapshot.id(),
                        snapshot.id().replace("-", ""),
                        snapshot.active() ? "Started" : "Stopped",
                        GlusterReply.element("name", snapshot.volume()),
                        snapshots,
                        256 - snapshots));
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

    /** The limit of snapshots for all volumes: shown, or set. */
    GlusterReply config(List<String> words) {
        String key = node.state().pool() + "/snap-max-hard-limit";
        if (words.isEmpty()) {
            long limit = pools.counts.find(key).map(Count::value).orElse(LIMIT_MAX);
            return GlusterReply.done("snapshot config", "see the XML", """
                      <snapConfig>
                        <systemConfig>
                          <hardLimit>%d</hardLimit>
                          <softLimit>90%%</softLimit>
                          <autoDelete>disable</autoDelete>
                          <activateOnCreate>disable</activateOnCreate>
                        </systemConfig>
                      </snapConfig>
                    """.formatted(limit));
        }
        if (words.size() != 2
                || !words.getFirst().equals("snap-max-hard-limit")
                || !words.get(1).matches("[1-9][0-9]{0,8}")) {
            throw new NotSimulated("another snapshot config than of the limit");
        }
        long wanted = Long.parseLong(words.get(1));
        if (wanted > LIMIT_MAX) {
            return GlusterReply.failed(
                    "snapshot config", "Invalid snap-max-hard-limit " + wanted + ". Expected range 1 - " + LIMIT_MAX);
        }
        changes.put(pools.counts, key, new Count(wanted));
        return GlusterReply.done("snapshot config", "snap-max-hard-limit for System set successfully", "");
    }
}
