package bricklayer.rebuild;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.VolumeDetails;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.host.Told;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.GroupsSeen;
import bricklayer.lvm.Lvm;
import bricklayer.mount.Mounts;
import bricklayer.operation.Threads;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks nodes for what they hold: two commands a node, one a cluster, and one for each block volume that has a password and each cloned brick whose name nobody wrote down. Many nodes at once. Never fails
 * for what a node does.
 */
public final class NodeReader {

    private static final int ASKED_AT_ONCE_MAX = 64;

    private final HostReader hosts;
    private final Lvm lvm;
    private final Gluster gluster;
    private final GlusterBlock blocks;
    private final Mounts mounts;
    private final Threads threads;

    public NodeReader(HostReader hosts, Lvm lvm, Gluster gluster, GlusterBlock blocks, Mounts mounts, Threads threads) {
        this.hosts = hosts;
        this.lvm = lvm;
        this.gluster = gluster;
        this.blocks = blocks;
        this.mounts = mounts;
        this.threads = threads;
    }

    /** Reads the nodes and puts their records together. */
    public Rebuilt read(List<NodeNamed> named) {
        Map<HostName, Seen.OfNode> found = new ConcurrentHashMap<>();
        many(named, node -> found.put(node.host(), look(node.host())));
        List<Seen.OfNode> nodes = named.stream()
                .map(node -> found.get(node.host()))
                .filter(Objects::nonNull)
                .toList();
        Map<ClusterId, List<HostName>> members = Reconstruction.members(nodes);
        Map<ClusterId, Told<List<VolumeDetails>>> volumes = new ConcurrentHashMap<>();
        many(
                members.keySet(),
                cluster -> volumes.put(
                        cluster,
                        Told.by(() ->
                                hosts.queryFirst(members.getOrDefault(cluster, List.of()), gluster.allVolumes()))));
        Rebuilt draft = Reconstruction.of(named, new Seen(nodes, volumes, Map.of(), Map.of()));
        Map<BlockVolumeId, Told<String>> passwords = passwords(draft, members);
        Map<BrickId, Told<String>> clones = clones(draft);
        return passwords.isEmpty() && clones.isEmpty()
                ? draft
                : Reconstruction.of(named, new Seen(nodes, volumes, passwords, clones));
    }

    private Seen.OfNode look(HostName host) {
        Told<GroupsSeen> groups = Told.by(() -> hosts.query(host, lvm.groups()));
        return new Seen.OfNode(
                host,
                groups,
                groups.isKnown()
                        ? Told.by(() -> hosts.query(host, lvm.everyVolume()))
                        : new Told.Unknown<>(groups.whyNot()));
    }

    private Map<BlockVolumeId, Told<String>> passwords(Rebuilt draft, Map<ClusterId, List<HostName>> members) {
        Map<VolumeId, String> names = draft.volumes().stream().collect(Collectors.toMap(Volume::id, Volume::name));
        Map<BlockVolumeId, Told<String>> passwords = new ConcurrentHashMap<>();
        many(
                draft.blocks().stream().filter(BlockVolume::auth).toList(),
                block -> passwords.put(
                        block.id(),
                        Told.by(() -> hosts.queryFirst(
                                        members.getOrDefault(block.cluster(), List.of()),
                                        blocks.info(names.getOrDefault(block.hostingVolume(), ""), block.name()))
                                .map(info -> info.password())
                                .orElse(""))));
        return passwords;
    }

    private Map<BrickId, Told<String>> clones(Rebuilt draft) {
        Map<NodeId, Node> nodes = draft.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
        Map<DeviceId, Device> devices =
                draft.devices().stream().collect(Collectors.toMap(Device::id, Function.identity()));
        Map<BrickId, Told<String>> clones = new ConcurrentHashMap<>();
        many(draft.bricks().stream().filter(brick -> brick.lv().isEmpty()).toList(), brick -> {
            Node node = nodes.get(brick.node());
            Device device = devices.get(brick.device());
            if (node != null && device != null) {
                clones.put(brick.id(), mountedAt(node, device, brick));
            }
        });
        return clones;
    }

    private Told<String> mountedAt(Node node, Device device, Brick brick) {
        return Told.by(() -> hosts.query(node.host(), mounts.deviceAt(brick.mountPoint()))
                        .flatMap(path -> DeviceMapper.volumeOf(device.volumeGroup(), path)))
                .map(found -> found.orElse(""));
    }

    private <T> void many(Collection<T> things, Consumer<T> ask) {
        Queue<T> left = new ConcurrentLinkedQueue<>(things);
        threads.all(Collections.nCopies(Math.min(ASKED_AT_ONCE_MAX, things.size()), () -> {
            for (T thing = left.poll(); thing != null; thing = left.poll()) {
                ask.accept(thing);
            }
        }));
    }
}
