package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Block;
import bricklayer.executor.simulated.Facts.Brick;
import bricklayer.executor.simulated.Facts.Count;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Machine;
import bricklayer.executor.simulated.Facts.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What gluster's nodes know together: who trusts whom, and the volumes. A real pool keeps a copy on each node and brings a returning one up to date; one copy is the
 * same seen from outside. Changed under the exclusive lock.
 */
final class Pools {

    private static final String SERIAL = "serial";

    private final SimulatedNodes nodes;

    /** By {@code <pool>/<name>}. */
    final Shelf<GlusterVolume> volumes = new Shelf<>("", Kind.GLUSTER_VOLUME, GlusterVolume.class);

    /** By {@code <pool>/<hosting volume>/<name>}. */
    final Shelf<Block> blocks = new Shelf<>("", Kind.BLOCK, Block.class);

    /** By {@code <pool>/<name>}. */
    final Shelf<Snapshot> snapshots = new Shelf<>("", Kind.GLUSTER_SNAPSHOT, Snapshot.class);

    final Shelf<Count> counts = new Shelf<>("", Kind.COUNT, Count.class);

    /** Files that others of its set lack, by brick. */
    final Map<String, Long> toHeal = new ConcurrentHashMap<>();

    Pools(SimulatedNodes nodes) {
        this.nodes = nodes;
    }

    /** The other members, by storage name. */
    List<Node> others(Node node) {
        String pool = node.state().pool();
        return nodes.all().stream()
                .filter(other -> other != node && other.state().pool().equals(pool))
                .toList();
    }

    boolean together(Node one, Node other) {
        return one.state().pool().equals(other.state().pool());
    }

    Node byStorageName(String storage) {
        return nodes.byStorageName(storage);
    }

    Node byHost(String manage) {
        return nodes.node(manage);
    }

    void join(Changes changes, Node member, Node joining) {
        joining.become(changes, joining.state().in(member.state().pool()));
    }

    void leave(Changes changes, Node leaving) {
        Machine state = leaving.state();
        leaving.become(changes, state.in(leaving.name() + "#" + (state.number() + 1)));
    }

    static String key(Node node, String volume) {
        return node.state().pool() + "/" + volume;
    }

    Optional<GlusterVolume> find(Node node, String volume) {
        return volumes.find(key(node, volume));
    }

    SortedMap<String, GlusterVolume> of(Node node) {
        return volumes.startingWith(node.state().pool() + "/");
    }

    /** Different for each volume ever made, also for two of the same name. */
    String nextId(Changes changes, String volume) {
        long serial = 1 + counts.find(SERIAL).map(Count::value).orElse(0L);
        changes.put(counts, SERIAL, new Count(serial));
        return UUID.nameUUIDFromBytes((volume + serial).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static String peerId(Node node) {
        return node.peerId();
    }

    void put(Changes changes, String key, GlusterVolume volume) {
        volumes.find(key).ifPresent(before -> unmark(before.bricks()));
        changes.put(volumes, key, volume);
        mark(key, volume.bricks());
    }

    void remove(Changes changes, String key, GlusterVolume volume) {
        unmark(volume.bricks());
        changes.remove(volumes, key);
        List.copyOf(blocks.startingWith(key + "/").keySet()).forEach(block -> changes.remove(blocks, block));
    }

    SortedMap<String, Block> blocksIn(Node node, String volume) {
        return blocks.startingWith(key(node, volume) + "/");
    }

    Optional<Block> findBlock(Node node, String volume, String name) {
        return blocks.find(key(node, volume) + "/" + name);
    }

    void putBlock(Changes changes, Node node, String volume, String name, Block block) {
        changes.put(blocks, key(node, volume) + "/" + name, block);
    }

    void removeBlock(Changes changes, Node node, String volume, String name) {
        changes.remove(blocks, key(node, volume) + "/" + name);
    }

    /**
     * A node is one of its pool again. Its glusterd mounts the bricks that glusterd made, and brings back, for all members, the snapshots that were deleted while it was
     * away.
     */
    void returned(Changes changes, Node node) {
        if (!node.answersGluster()) {
            return;
        }
        CopiedBricks copies = new CopiedBricks(this, changes);
        of(node).values().forEach(volume -> mountOwn(copies, node, volume.bricks()));
        new TreeMap<>(of(node)).forEach((key, volume) -> startOwn(changes, node, key, volume));
        new TreeMap<>(snapshots.startingWith(node.state().pool() + "/")).forEach((key, snapshot) -> {
            if (snapshot.isKeptBy(node.name())) {
                revive(changes, node, key, snapshot);
            } else if (snapshot.active() && !snapshot.deleted()) {
                mountOwn(copies, node, snapshot.bricks());
            }
        });
    }

    private static void mountOwn(CopiedBricks copies, Node node, List<Brick> bricks) {
        bricks.stream().filter(brick -> brick.host().equals(node.name())).forEach(copies::mount);
    }

    /** glusterd starts the bricks that are down when it starts, where their file systems are mounted. */
    private void startOwn(Changes changes, Node node, String key, GlusterVolume volume) {
        if (!volume.isStarted()) {
            return;
        }
        List<String> dead = volume.bricks().stream()
                .filter(brick -> brick.host().equals(node.name())
                        ? !isBrickOf(node, brick, volume)
                        : volume.dead().contains(brick.name()))
                .map(Brick::name)
                .toList();
        if (!dead.equals(volume.dead())) {
            put(changes, key, volume.withDead(dead));
        }
    }

    private static boolean isBrickOf(Node host, Brick brick, GlusterVolume volume) {
        return host.directory(brick.path())
                .filter(directory -> directory.volume().equals(volume.id()))
                .isPresent();
    }

    /** Whether a brick of a started volume is served. */
    boolean isServed(Brick brick, GlusterVolume volume) {
        Node host = byHost(brick.host());
        return volume.isStarted()
                && host.reachable()
                && !volume.dead().contains(brick.name())
                && isBrickOf(host, brick, volume);
    }

    /** Bricks that are not there when a volume is started with force are passed over. */
    List<String> notServable(GlusterVolume volume) {
        return volume.bricks().stream()
                .filter(brick -> byHost(brick.host()).reachable() && !isBrickOf(byHost(brick.host()), brick, volume))
                .map(Brick::name)
                .toList();
    }

    private void revive(Changes changes, Node node, String key, Snapshot snapshot) {
        changes.put(snapshots, key, snapshot.revived());
        find(node, snapshot.volume()).ifPresent(volume -> {
            List<String> names = new ArrayList<>(volume.snapshots());
            names.add(key.substring(key.indexOf('/') + 1));
            put(changes, key(node, snapshot.volume()), volume.withSnapshots(names));
        });
    }

    private void mark(String key, Collection<Brick> bricks) {
        bricks.forEach(brick -> byHost(brick.host()).bricks().put(brick.path(), key));
    }

    private void unmark(Collection<Brick> bricks) {
        bricks.forEach(brick -> byHost(brick.host()).bricks().remove(brick.path()));
    }

    /** After the volumes were read from the log. */
    void markAll() {
        volumes.all().forEach((key, volume) -> mark(key, volume.bricks()));
    }

    /** Whether a brick process keeps files open below a path. */
    boolean hasRunningBrickUnder(Node node, String path) {
        return node.bricks().subMap(path, true, path + "/" + Character.MAX_VALUE, true).entrySet().stream()
                .filter(entry -> entry.getKey().equals(path) || entry.getKey().startsWith(path + "/"))
                .anyMatch(entry -> volumes.find(entry.getValue())
                        .filter(volume -> volume.isStarted() && !isDead(node, entry.getKey(), volume))
                        .isPresent());
    }

    private static boolean isDead(Node node, String path, GlusterVolume volume) {
        return volume.dead().contains(node.state().storage() + ":" + path);
    }

    /** Whether a path is a brick, or holds one, or lies in one. */
    boolean overlapsBrick(Node node, String path) {
        Set<String> above = new HashSet<>();
        for (String each = path; !each.equals("/"); each = Node.parent(each)) {
            above.add(each);
        }
        return above.stream().anyMatch(node.bricks()::containsKey)
                || !node.bricks()
                        .subMap(path + "/", path + "/" + Character.MAX_VALUE)
                        .isEmpty();
    }
}
