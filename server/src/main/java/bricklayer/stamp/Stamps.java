package bricklayer.stamp;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeDetails;
import bricklayer.gluster.VolumeInfo;
import bricklayer.host.HostFailure;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.identity.VolumeStamp;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.operation.Operation;
import bricklayer.operation.Threads;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares what the nodes say about records with the records. One command a node, and one a cluster. Changes nothing. */
public final class Stamps {

    private static final int VOLUMES_ASKED_SINGLY = 2;

    private final HostReader hosts;
    private final LvmSettings lvm;
    private final GlusterSettings gluster;
    private final Threads threads;
    private final KnownDown down;

    public Stamps(HostReader hosts, LvmSettings lvm, GlusterSettings gluster, Threads threads, KnownDown down) {
        this.hosts = hosts;
        this.lvm = lvm;
        this.gluster = gluster;
        this.threads = threads;
        this.down = down;
    }

    /**
     * What was found.
     *
     * @param differing in no particular order
     * @param unknown why nothing could be told, by id of the device or volume
     */
    record Findings(List<Stamp> differing, Map<String, String> unknown) {}

    /** Compares everything but what operations are at. */
    Findings findAll(Rows rows) {
        return find(rows, all(rows, Device.TABLE), all(rows, Volume.TABLE));
    }

    private static <K extends bricklayer.store.Key, V extends bricklayer.store.Row<K>> List<V> all(
            Rows rows, bricklayer.store.Table<K, V> table) {
        return StreamSupport.stream(rows.all(table).spliterator(), false)
                .filter(row -> !Operation.isHeld(rows, table, row.id()))
                .toList();
    }

    Findings find(Rows rows, Collection<Device> devices, Collection<Volume> volumes) {
        List<Stamp> differing = Collections.synchronizedList(new ArrayList<>());
        Map<String, String> unknown = Collections.synchronizedMap(new HashMap<>());
        List<Runnable> questions = new ArrayList<>();
        devices.stream()
                .collect(Collectors.groupingBy(Device::node))
                .forEach((node, of) -> questions.add(() ->
                        rows.get(Node.TABLE, node).ifPresent(found -> groups(rows, found, of, differing, unknown))));
        volumes.stream()
                .collect(Collectors.groupingBy(Volume::cluster))
                .forEach((cluster, of) -> questions.add(() -> volumes(rows, cluster, of, differing, unknown)));
        threads.all(questions);
        return new Findings(List.copyOf(differing), Map.copyOf(unknown));
    }

    private void groups(
            Rows rows, Node node, List<Device> devices, List<Stamp> differing, Map<String, String> unknown) {
        Map<String, List<String>> found;
        Cluster cluster = rows.get(Cluster.TABLE, node.cluster()).orElseThrow();
        try {
            found = hosts.query(node.host(), new Lvm(lvm).groupTags());
        } catch (HostFailure silent) {
            devices.forEach(device -> unknown.put(device.id().value(), String.valueOf(silent.getMessage())));
            return;
        }
        for (Device device : devices) {
            List<String> tags = found.get(device.volumeGroup());
            if (tags == null) {
                unknown.put(
                        device.id().value(), "node " + node.host() + " has no volume group " + device.volumeGroup());
            } else {
                difference(cluster, node, device, tags).ifPresent(differing::add);
            }
        }
    }

    private Optional<Stamp> difference(Cluster cluster, Node node, Device device, List<String> tags) {
        return Difference.ofGroup(cluster, node, device, tags)
                .map(wrong -> new Stamp(
                        Unstamped.Kind.DEVICE,
                        device.id().value(),
                        device.volumeGroup(),
                        List.of(node.host().value()),
                        wrong.missing(),
                        wrong.stale(),
                        new TagVolumeGroup(node.host(), lvm, device.volumeGroup(), wrong.missing(), wrong.stale())));
    }

    private void volumes(
            Rows rows, ClusterId cluster, List<Volume> volumes, List<Stamp> differing, Map<String, String> unknown) {
        List<HostName> candidates = down.upFirst(Inventory.nodes(rows, cluster)).stream()
                .map(Node::host)
                .toList();
        Map<String, Map<String, String>> options;
        try {
            options = volumes.size() <= VOLUMES_ASKED_SINGLY
                    ? singly(candidates, volumes)
                    : hosts.queryFirst(candidates, new Gluster(gluster).allVolumes()).stream()
                            .collect(Collectors.toMap(VolumeDetails::name, Stamps::options, (a, b) -> a));
        } catch (HostFailure | IllegalArgumentException silent) {
            volumes.forEach(volume -> unknown.put(volume.id().value(), String.valueOf(silent.getMessage())));
            return;
        }
        for (Volume volume : volumes) {
            Map<String, String> found = options.get(volume.name());
            if (found == null) {
                unknown.put(volume.id().value(), "gluster knows no volume " + volume.name());
            } else if (isAnothers(volume, found)) {
                unknown.put(
                        volume.id().value(),
                        "gluster's volume " + volume.name() + " says that it is volume " + found.get(VolumeStamp.ID));
            } else {
                difference(rows, volume, found).ifPresent(differing::add);
            }
        }
    }

    private Map<String, Map<String, String>> singly(List<HostName> candidates, List<Volume> volumes) {
        Map<String, Map<String, String>> options = new HashMap<>();
        for (Volume volume : volumes) {
            hosts.queryFirst(candidates, new Gluster(gluster).volumeInfo(volume.name()))
                    .map(VolumeInfo::options)
                    .ifPresent(found -> options.put(volume.name(), found));
        }
        return options;
    }

    private static Map<String, String> options(VolumeDetails volume) {
        Map<String, String> options = new HashMap<>();
        volume.options().forEach(option -> options.put(option.getKey(), option.getValue()));
        return options;
    }

    private static boolean isAnothers(Volume volume, Map<String, String> options) {
        return !options.getOrDefault(VolumeStamp.ID, volume.id().value())
                .equals(volume.id().value());
    }

    private Optional<Stamp> difference(Rows rows, Volume volume, Map<String, String> found) {
        return Difference.ofVolume(rows, volume, found).map(wrong -> {
            Map<NodeId, Node> nodes = Inventory.bricksOf(rows, volume.id()).stream()
                    .map(Brick::node)
                    .distinct()
                    .flatMap(id -> rows.get(Node.TABLE, id).stream())
                    .collect(Collectors.toMap(Node::id, Function.identity()));
            List<HostName> where =
                    down.upFirst(nodes.values()).stream().map(Node::host).toList();
            return new Stamp(
                    Unstamped.Kind.VOLUME,
                    volume.id().value(),
                    volume.name(),
                    where.stream().map(HostName::value).toList(),
                    words(wrong.wanted()),
                    words(wrong.there()),
                    new StampVolume(volume.cluster(), where, gluster, volume.name(), wrong.wanted()));
        });
    }

    private static List<String> words(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .toList();
    }
}
