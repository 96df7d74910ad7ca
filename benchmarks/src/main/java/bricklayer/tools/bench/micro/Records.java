package bricklayer.tools.bench.micro;

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
import bricklayer.main.Formats;
import bricklayer.store.WriteTx;
import bricklayer.store.image.Image;
import bricklayer.store.image.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows as the service has them: clusters of five nodes with a device each, volumes of three bricks. The same each time. */
final class Records {

    static final int CLUSTERS = 200;
    private static final int NODES_EACH = 5;
    private static final int REPLICAS = 3;
    private static final long GIB_IN_KIB = 1L << 20;
    private static final long POOL_METADATA_KIB = 8192;

    private final Random chance = new Random(20_260_101);

    private Records() {}

    /** An image with so many volumes, spread over the clusters. */
    static Image of(int volumes) {
        Records records = new Records();
        Transaction tx = Image.empty(Formats.SCHEMA).begin();
        for (int c = 0; c < CLUSTERS; c++) {
            records.cluster(tx, c, volumes / CLUSTERS);
        }
        return tx.end();
    }

    private void cluster(WriteTx tx, int number, int volumes) {
        ClusterId cluster = new ClusterId(id());
        tx.put(Cluster.TABLE, new Cluster(cluster, true, true));
        Device[] devices = new Device[NODES_EACH];
        for (int n = 0; n < NODES_EACH; n++) {
            Node node = new Node(
                    new NodeId(id()),
                    cluster,
                    n + 1,
                    List.of("node-" + number + "-" + n + ".example.org"),
                    List.of("10.0." + number + "." + (n + 1)),
                    Map.of(),
                    State.ONLINE);
            tx.put(Node.TABLE, node);
            devices[n] = new Device(
                    new DeviceId(id()),
                    node.id(),
                    "/dev/vdb",
                    Map.of(),
                    State.ONLINE,
                    GIB_IN_KIB << 12,
                    Device.DEFAULT_EXTENT_KIB,
                    id(),
                    List.of());
            tx.put(Device.TABLE, devices[n]);
        }
        for (int v = 0; v < volumes; v++) {
            VolumeId id = new VolumeId(id());
            tx.put(Volume.TABLE, volume(id, cluster));
            for (int position = 0; position < REPLICAS; position++) {
                tx.put(Brick.TABLE, brick(id, devices[(v + position) % NODES_EACH], position));
            }
        }
    }

    private static Volume volume(VolumeId id, ClusterId cluster) {
        return new Volume(
                id,
                "vol_" + id,
                cluster,
                1,
                new RequestedDurability("replicate", REPLICAS, 0, 0),
                false,
                1,
                0,
                List.of(),
                false,
                List.of(),
                0,
                "");
    }

    private Brick brick(VolumeId volume, Device device, int position) {
        return Brick.onPoolOfItsOwn(
                new BrickId(id()), volume, device, position, GIB_IN_KIB, GIB_IN_KIB, POOL_METADATA_KIB, false);
    }

    private String id() {
        return "%016x%016x".formatted(chance.nextLong(), chance.nextLong());
    }
}
