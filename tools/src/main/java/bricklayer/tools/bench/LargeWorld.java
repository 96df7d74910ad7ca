package bricklayer.tools.bench;

import bricklayer.brick.BrickLanes;
import bricklayer.executor.simulated.ReadyMade;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.host.HostName;
import bricklayer.identity.GroupTags;
import bricklayer.identity.VolumeStamp;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.mount.MountSettings;
import bricklayer.store.Store;
import bricklayer.store.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records of many nodes and volumes, and simulated nodes that agree with them but for what the shape leaves out. The same each time. */
final class LargeWorld {

    /** One line of fstab in so many is missing. */
    static final int BRICKS_A_DRIFT = 1000;

    private static final int REPLICAS = 3;
    private static final int SIZE_GIB = 1;

    /** On each device, at least, so that new volumes find room where there are none. */
    private static final int ROOM_FOR_BRICKS = 256;

    private static final long SIZE_KIB = 1L << 20;
    private static final long METADATA_KIB = 8192;
    private static final long EXTENT_KIB = Device.DEFAULT_EXTENT_KIB;
    private static final long GID = 2001;
    private static final List<String> OPTIONS = List.of("performance.cache-size 256MB", "features.shard off");

    private final Store store;
    private final ReadyMade nodes;
    private final Shape shape;
    private int bricks;
    private int drifts;

    /** How the simulated nodes compare with the records. */
    enum OnNodes {
        /** All that the records say. */
        EVERYTHING,
        /** That, but some lines of fstab. */
        DRIFTED,
        /** Volume groups, with nothing in them: enough for new volumes, and small. */
        GROUPS_ONLY
    }

    /**
     * How large it is.
     *
     * @param nodesEach of each cluster, at least 3
     * @param devicesEach of each node
     * @param volumesEach of each cluster
     */
    record Shape(int clusters, int nodesEach, int devicesEach, int volumesEach, OnNodes onNodes) {}

    /** Makes it. */
    LargeWorld(Store store, SimulatedNodes nodes, Shape shape) {
        this.store = store;
        this.nodes = new ReadyMade(nodes);
        this.shape = shape;
        for (int number = 0; number < shape.clusters(); number++) {
            cluster(number);
        }
    }

    int bricks() {
        return bricks;
    }

    int drifts() {
        return drifts;
    }

    /** A device and its node. */
    private record Place(Node node, Device device) {}

    private void cluster(int number) {
        Cluster cluster = new Cluster(new ClusterId(id("cluster", number)), true, true);
        List<List<Place>> places = new ArrayList<>();
        store.write(tx -> {
            tx.put(Cluster.TABLE, cluster);
            for (int n = 0; n < shape.nodesEach(); n++) {
                places.add(node(tx, cluster, number, n));
            }
            return cluster;
        });
        store.write(tx -> {
            for (int n = 0; n < shape.volumesEach(); n++) {
                volume(tx, cluster, places, n);
            }
            return cluster;
        });
    }

    private static HostName host(int cluster, int n) {
        return new HostName("node-" + cluster + "-" + n + ".example.org");
    }

    private List<Place> node(WriteTx tx, Cluster cluster, int number, int n) {
        HostName host = host(number, n);
        String storage = "10." + number + "." + n / 250 + "." + (n % 250 + 1);
        Node node = new Node(
                new NodeId(id(cluster.id() + "node", n)),
                cluster.id(),
                n % 3 + 1,
                List.of(host.value()),
                List.of(storage),
                Map.of(),
                State.ONLINE);
        tx.put(Node.TABLE, node);
        nodes.member(host, storage, host(number, 0));
        List<Place> places = new ArrayList<>();
        long bricksADevice = (long) shape.volumesEach() * REPLICAS / shape.nodesEach() / shape.devicesEach();
        long extents = Math.max(ROOM_FOR_BRICKS, 2 + bricksADevice) * 2 * (SIZE_KIB + METADATA_KIB) / EXTENT_KIB;
        for (int d = 0; d < shape.devicesEach(); d++) {
            Device device = new Device(
                    new DeviceId(id(node.id() + "device", d)),
                    node.id(),
                    "/dev/vd" + (char) ('b' + d),
                    Map.of(),
                    State.ONLINE,
                    extents * EXTENT_KIB,
                    EXTENT_KIB,
                    pvUuid(id(node.id() + "pv", d)),
                    List.of());
            tx.put(Device.TABLE, device);
            nodes.group(
                    host,
                    device.name(),
                    device.volumeGroup(),
                    device.pvUuid(),
                    extents,
                    EXTENT_KIB,
                    device.mountRoot(),
                    GroupTags.of(cluster, node, device));
            places.add(new Place(node, device));
        }
        return places;
    }

    private void volume(WriteTx tx, Cluster cluster, List<List<Place>> places, int n) {
        VolumeId id = new VolumeId(id(cluster.id() + "volume", n));
        Volume volume = new Volume(
                id,
                "vol_" + id,
                cluster.id(),
                SIZE_GIB,
                new RequestedDurability("replicate", REPLICAS, 0, 0),
                false,
                1,
                GID,
                OPTIONS,
                false,
                List.of(),
                0,
                "");
        tx.put(Volume.TABLE, volume);
        List<Brick> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int position = 0; position < REPLICAS; position++) {
            List<Place> devices = places.get((n + position) % shape.nodesEach());
            Place place = devices.get(n / shape.nodesEach() % shape.devicesEach());
            Brick brick = Brick.onPoolOfItsOwn(
                    new BrickId(id(id + "brick", position)),
                    id,
                    place.device(),
                    position,
                    SIZE_KIB,
                    SIZE_KIB,
                    METADATA_KIB,
                    false);
            tx.put(Brick.TABLE, brick);
            all.add(brick);
            names.add(place.node().storageHost() + ":" + brick.path());
            bricks++;
            onNode(place, brick);
        }
        if (shape.onNodes() == OnNodes.GROUPS_ONLY) {
            return;
        }
        Map<String, String> options = VolumeStamp.of(volume, all, List.of());
        OPTIONS.forEach(option -> options.put(option.split(" ", 2)[0], option.split(" ", 2)[1]));
        nodes.volume(places.getFirst().getFirst().node().host(), volume.name(), REPLICAS, names, GID, options);
    }

    private void onNode(Place place, Brick brick) {
        if (shape.onNodes() == OnNodes.GROUPS_ONLY) {
            return;
        }
        boolean drifted = shape.onNodes() == OnNodes.DRIFTED && bricks % BRICKS_A_DRIFT == 0;
        drifts += drifted ? 1 : 0;
        nodes.brick(
                place.node().host(),
                BrickLanes.thinLv(place.device().volumeGroup(), brick),
                "256K",
                brick.mountPoint(),
                MountSettings.DEFAULTS.options(),
                !drifted);
    }

    private static String id(String of, int number) {
        return UUID.nameUUIDFromBytes((of + "/" + number).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    private static String pvUuid(String hex) {
        return String.join(
                "-",
                hex.substring(0, 6),
                hex.substring(6, 10),
                hex.substring(10, 14),
                hex.substring(14, 18),
                hex.substring(18, 22),
                hex.substring(22, 26),
                hex.substring(26, 32));
    }
}
