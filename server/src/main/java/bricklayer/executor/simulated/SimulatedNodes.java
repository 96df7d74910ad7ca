package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Disk;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Machine;
import bricklayer.host.HostName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The nodes, from the outside: what a person in the machine room could do to them, and see. A node comes into being when it is first named, running, with
 * glusterd, in a pool of its own. Thread-safe: nodes change side by side, but what concerns the gluster pool or the power of a node excludes everything else.
 */
public final class SimulatedNodes implements AutoCloseable {

    private final SimulatedSettings settings;
    private final ConcurrentHashMap<String, Node> nodes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> manageNames = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> aliases = new ConcurrentHashMap<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Pools pools = new Pools(this);
    private final Optional<StateLog> log;

    private SimulatedNodes(SimulatedSettings settings, Optional<Path> folder) {
        this.settings = settings;
        this.log = folder.map(path -> StateLog.open(path, new Everything()));
    }

    /** Forgotten with the process. */
    public static SimulatedNodes inMemory(SimulatedSettings settings) {
        return new SimulatedNodes(settings, Optional.empty());
    }

    /**
     * Kept in a folder, which is made if it is not there. What a command changed is there after the process is killed.
     *
     * @throws IllegalStateException when another process uses the folder, or it holds something that cannot be read
     */
    public static SimulatedNodes in(Path folder, SimulatedSettings settings) {
        return new SimulatedNodes(settings, Optional.of(folder));
    }

    /** The same nodes once more, in memory: what is done to the one is not done to the other. */
    public SimulatedNodes copy() {
        SimulatedNodes copy = inMemory(settings);
        lock.writeLock().lock();
        try {
            new Everything().writeAll(copy.new Everything()::read);
            copy.manageNames.putAll(manageNames);
            copy.aliases.putAll(aliases);
            copy.pools.markAll();
            copy.pools.toHeal.putAll(pools.toHeal);
        } finally {
            lock.writeLock().unlock();
        }
        return copy;
    }

    /** Says under which name gluster knows a node. Without it the two names are the same. */
    public void nameNode(HostName manage, String storage) {
        exclusively(manage, (node, changes) -> {
            manageNames.remove(node.state().storage(), node.name());
            manageNames.put(storage, node.name());
            node.become(changes, node.state().named(storage));
            return node;
        });
    }

    /** Lets one more name lead to a node, for us and among the nodes. */
    public void alias(HostName manage, String name) {
        exclusively(manage, (node, changes) -> {
            aliases.put(name, node.name());
            node.become(changes, node.state().alsoNamed(name));
            return node;
        });
    }

    /** The node that a name leads to; empty when nobody has ever named such a one. */
    Optional<Node> known(String name) {
        return Optional.ofNullable(nodes.get(aliases.getOrDefault(name, manageNames.getOrDefault(name, name))));
    }

    /** Puts a blank disk of that size in. */
    public void disk(HostName host, String device, long sizeKiB) {
        exclusively(host, (node, changes) -> {
            changes.put(node.disks, device, Disk.blank(sizeKiB));
            return node;
        });
    }

    /** Puts something of another kind than LVM's on a disk, such as {@code ext4}. */
    public void foreignSignature(HostName host, String device, String type) {
        exclusively(host, (node, changes) -> {
            long size = node.disk(changes, device).map(Disk::sizeKiB).orElse(settings.diskKiB());
            changes.put(node.disks, device, Disk.blank(size).carrying(type));
            return node;
        });
    }

    /** From now on there is no such device. */
    public void takeDiskOut(HostName host, String device) {
        disk(host, device, 0);
    }

    /** The node dies: it cannot be reached, and what was mounted no longer is. Disks stay. */
    public void cutPower(HostName host) {
        exclusively(host, (node, changes) -> {
            node.powerOff(changes);
            return node;
        });
    }

    /** The node boots, if it was off: volume groups and glusterd come up, and with what fstab mounts the bricks come back. */
    public void returnPower(HostName host) {
        exclusively(host, (node, changes) -> {
            node.powerOn(changes);
            pools.returned(changes, node);
            return node;
        });
    }

    /** Off the network, for us and for the other nodes. It goes on running. */
    public void disconnect(HostName host) {
        exclusively(host, (node, changes) -> {
            node.become(changes, node.state().connected(false));
            return node;
        });
    }

    public void reconnect(HostName host) {
        exclusively(host, (node, changes) -> {
            node.become(changes, node.state().connected(true));
            pools.returned(changes, node);
            return node;
        });
    }

    /** Ends glusterd; bricks go on. */
    public void stopGlusterd(HostName host) {
        exclusively(host, (node, changes) -> {
            node.become(changes, node.state().glusterd(false));
            return node;
        });
    }

    public void startGlusterd(HostName host) {
        exclusively(host, (node, changes) -> {
            node.become(changes, node.state().glusterd(true));
            pools.returned(changes, node);
            return node;
        });
    }

    /** Kills the process of a brick. Nobody starts it again but a forced start of its volume, or its node. */
    public void killBrick(HostName host, String path) {
        exclusively(host, (node, changes) -> {
            String key = node.bricks().get(path);
            if (key != null) {
                GlusterVolume volume = pools.volumes.find(key).orElseThrow();
                List<String> dead = new ArrayList<>(volume.dead());
                dead.add(node.state().storage() + ":" + path);
                pools.put(changes, key, volume.withDead(dead));
            }
            return node;
        });
    }

    /** Whether block volumes can be resized on a node; where they cannot, they keep the size they have. */
    public void failBlockResizes(HostName host, boolean fails) {
        exclusively(host, (node, changes) -> {
            node.become(changes, node.state().failingBlockResizes(fails));
            return node;
        });
    }

    /**
     * The others of its set lack so many of a brick's files. Nobody heals them but another call; forgotten with the process.
     *
     * @param brick {@code storage-host:/path}
     */
    public void toHeal(String brick, long entries) {
        pools.toHeal.put(brick, entries);
    }

    int powerCuts(HostName host) {
        return node(host.value()).powerCuts();
    }

    /** Whether commands arrive there. */
    public boolean isReachable(HostName host) {
        return node(host.value()).reachable();
    }

    /**
     * All that a command could have changed on a node, as text: equal texts, equal nodes. Ids that gluster draws are left out, so that a volume made again looks the
     * same.
     */
    public String picture(HostName host) {
        return exclusively(host, (node, changes) -> Picture.of(node, pools));
    }

    /** Of all nodes named so far, sorted by name. */
    public Map<HostName, String> pictures() {
        Map<HostName, String> all = new TreeMap<>(Comparator.comparing(HostName::value));
        nodes.keySet().forEach(name -> all.put(new HostName(name), picture(new HostName(name))));
        return all;
    }

    SimulatedSettings settings() {
        return settings;
    }

    Pools pools() {
        return pools;
    }

    Collection<Node> all() {
        return nodes.values();
    }

    Node node(String name) {
        String own = aliases.getOrDefault(name, name);
        Node known = nodes.get(own);
        return known != null ? known : nodes.computeIfAbsent(own, this::newNode);
    }

    private Node newNode(String name) {
        Node node = new Node(name, settings.diskKiB());
        Changes changes = new Changes();
        node.become(changes, Machine.called(name));
        manageNames.putIfAbsent(name, name);
        write(changes);
        return node;
    }

    /** A storage name that nobody registered is taken for a node's manage name, too. */
    Node byStorageName(String storage) {
        return node(manageNames.getOrDefault(storage, storage));
    }

    /** Runs alone. */
    <T> T exclusively(HostName host, BiFunction<Node, Changes, T> work) {
        Node node = node(host.value());
        lock.writeLock().lock();
        try {
            return logged(node, work);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Runs beside what other nodes do. */
    <T> T onNode(HostName host, BiFunction<Node, Changes, T> work) {
        Node node = node(host.value());
        lock.readLock().lock();
        node.lock().lock();
        try {
            return logged(node, work);
        } finally {
            node.lock().unlock();
            lock.readLock().unlock();
        }
    }

    private <T> T logged(Node node, BiFunction<Node, Changes, T> work) {
        Changes changes = new Changes();
        try {
            return work.apply(node, changes);
        } finally {
            write(changes); // memory and log agree, also after a command that ended in an exception
        }
    }

    private void write(Changes changes) {
        if (!changes.entries().isEmpty()) {
            log.ifPresent(opened -> opened.append(changes.entries()));
        }
    }

    @Override
    public void close() {
        log.ifPresent(StateLog::close);
    }

    /** The way of the facts from the log and back. */
    private final class Everything implements StateLog.Holder {

        @Override
        public void read(Changes.Entry entry) {
            Shelf<?> shelf = shelf(entry);
            entry.value().ifPresentOrElse(value -> shelf.set(entry.key(), value), () -> shelf.drop(entry.key()));
        }

        private Shelf<?> shelf(Changes.Entry entry) {
            return switch (entry.kind()) {
                case GLUSTER_VOLUME -> pools.volumes;
                case BLOCK -> pools.blocks;
                case GLUSTER_SNAPSHOT -> pools.snapshots;
                case COUNT -> pools.counts;
                default -> {
                    Node node = nodes.computeIfAbsent(entry.owner(), name -> new Node(name, settings.diskKiB()));
                    yield node.shelves().stream()
                            .filter(shelf -> shelf.kind() == entry.kind())
                            .findFirst()
                            .orElseThrow();
                }
            };
        }

        @Override
        public void writeAll(Consumer<Changes.Entry> sink) {
            nodes.values().forEach(node -> {
                manageNames.put(node.state().storage(), node.name());
                node.state().aliases().forEach(alias -> aliases.put(alias, node.name()));
            });
            pools.markAll();
            nodes.values().forEach(node -> node.shelves().forEach(shelf -> write(shelf, sink)));
            write(pools.volumes, sink);
            write(pools.blocks, sink);
            write(pools.snapshots, sink);
            write(pools.counts, sink);
        }

        private void write(Shelf<?> shelf, Consumer<Changes.Entry> sink) {
            shelf.all()
                    .forEach((key, value) ->
                            sink.accept(new Changes.Entry(shelf.owner(), shelf.kind(), key, Optional.of(value))));
        }
    }
}
