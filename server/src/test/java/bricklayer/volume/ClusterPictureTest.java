package bricklayer.volume;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.brick.Durability;
import bricklayer.brick.placement.BrickPlacer;
import bricklayer.brick.placement.Placement;
import bricklayer.brick.placement.PlacementRequest;
import bricklayer.brick.placement.Topology;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.VolumeId;
import bricklayer.main.Formats;
import bricklayer.store.Rows;
import bricklayer.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A picture of which most is kept from the time before is the one that would be made anew, whatever changed meanwhile. */
class ClusterPictureTest {

    private static final int CLUSTERS = 2;
    private static final int NODES = 4;
    private static final int DEVICES = 3;
    private static final int CHANGES = 400;

    private final MemoryStore store = new MemoryStore(Formats.SCHEMA);
    private final Set<NodeId> down = new HashSet<>();
    private final ClusterPicture kept = new ClusterPicture(down::contains);

    private static String id(int kind, int number) {
        return "%032x".formatted(kind * 1000 + number);
    }

    private static Node node(int number) {
        return new Node(
                new NodeId(id(1, number)),
                new ClusterId(id(0, number % CLUSTERS)),
                number % 3,
                List.of("m" + number),
                List.of("s" + number),
                Map.of(),
                State.ONLINE);
    }

    private static Device device(int number) {
        return new Device(
                new DeviceId(id(2, number)),
                new NodeId(id(1, number % (CLUSTERS * NODES))),
                "/dev/d" + number,
                Map.of(),
                State.ONLINE,
                10L << 20,
                4096,
                "uuid" + number,
                List.of());
    }

    private static Brick brick(int number, Device device) {
        return Brick.onPoolOfItsOwn(
                new BrickId(id(3, number)), new VolumeId(id(4, number)), device, 0, 1 << 20, 1 << 20, 4096, false);
    }

    private static String seen(Topology topology) {
        Placement placement = BrickPlacer.place(PlacementRequest.create(2, Durability.replica(2)), topology, 7);
        return placement.explanation().devices() + " "
                + (placement instanceof Placement.Placed placed ? placed.sets() : "");
    }

    private void compare(Rows rows) {
        for (int c = 0; c < CLUSTERS; c++) {
            ClusterId cluster = new ClusterId(id(0, c));
            assertThat(seen(kept.of(rows, cluster)))
                    .isEqualTo(seen(new ClusterPicture(down::contains).of(rows, cluster)));
        }
    }

    @Test
    void isWhatItWouldBeIfItWereMadeAnew() {
        Random random = new Random(1);
        store.write(tx -> {
            for (int c = 0; c < CLUSTERS; c++) {
                tx.put(Cluster.TABLE, new Cluster(new ClusterId(id(0, c)), true, true));
            }
            return 0;
        });
        List<Rows> past = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            int n = random.nextInt(CLUSTERS * NODES);
            int d = random.nextInt(CLUSTERS * NODES * DEVICES);
            int brick = random.nextInt(60);
            State state = State.values()[random.nextInt(State.values().length)];
            int what = random.nextInt(8);
            store.write(tx -> {
                switch (what) {
                    case 0 -> tx.put(Node.TABLE, node(n).with(state));
                    case 1 -> tx.put(Device.TABLE, device(d).with(state));
                    case 2 -> tx.delete(Device.TABLE, device(d).id());
                    case 3 -> tx.delete(Brick.TABLE, new BrickId(id(3, brick)));
                    case 4 -> tx.put(Node.TABLE, node(n));
                    case 5 -> tx.put(Device.TABLE, device(d));
                    default -> tx.put(Brick.TABLE, brick(brick, device(d)));
                }
                return 0;
            });
            if (random.nextInt(10) == 0 && !down.remove(node(n).id())) {
                down.add(node(n).id());
            }
            past.add(store.rows());
            compare(store.rows());
            if (random.nextInt(20) == 0) {
                compare(past.get(random.nextInt(past.size()))); // as a plan that is shown may look at an older picture
            }
        }
    }
}
