package bricklayer.tools.bench.micro;

import bricklayer.brick.Durability;
import bricklayer.brick.SizeLimits;
import bricklayer.brick.placement.Availability;
import bricklayer.brick.placement.BrickPlacer;
import bricklayer.brick.placement.PlacementRequest;
import bricklayer.brick.placement.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Choosing devices in a cluster of nodes with four devices each, in four zones, filled unevenly. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // made by setUp
public class Placing {

    private static final int DEVICES_EACH = 4;
    private static final int ZONES = 4;
    private static final long EXTENT_KIB = 4096;
    private static final int DEVICE_GIB = 1000;

    private static final PlacementRequest ONE_SET = PlacementRequest.create(10, Durability.replica(3));
    private static final PlacementRequest MANY_SETS = PlacementRequest.create(7_000, Durability.replica(3));
    private static final PlacementRequest TOO_LARGE = PlacementRequest.create(1 << 20, Durability.replica(3))
            .withLimits(SizeLimits.ofGiB(DEVICE_GIB + 1, 1 << 21, 100_000));

    @Param({"400", "4000"})
    private int devices;

    private Topology topology;
    private long seed;

    @Setup(Level.Trial)
    public void setUp() {
        Random chance = new Random(20_260_101);
        List<Topology.Node> nodes = new ArrayList<>();
        List<Topology.Device> disks = new ArrayList<>();
        for (int n = 0; n < devices / DEVICES_EACH; n++) {
            nodes.add(new Topology.Node("node" + n, n % ZONES + 1, Map.of(), Availability.AVAILABLE));
            for (int d = 0; d < DEVICES_EACH; d++) {
                long free = chance.nextInt(DEVICE_GIB / 2, DEVICE_GIB) * SizeLimits.KIB_PER_GIB;
                disks.add(new Topology.Device(
                        "disk" + n + "-" + d, "node" + n, free, EXTENT_KIB, Map.of(), Availability.AVAILABLE));
            }
        }
        topology = Topology.of(nodes, disks);
    }

    /** Bricks of a small volume, as nearly all are. */
    @Benchmark
    public Object oneSet() {
        return BrickPlacer.place(ONE_SET, topology, seed++);
    }

    @Benchmark
    public Object manySets() {
        return BrickPlacer.place(MANY_SETS, topology, seed++);
    }

    /** A volume that finds no place, and why. */
    @Benchmark
    public Object refused() {
        return BrickPlacer.place(TOO_LARGE, topology, seed++);
    }

    /** What is done for each create before a place is chosen: the free space of now. */
    @Benchmark
    public Object freeSpaceOfNow() {
        long less = seed++ & 1;
        return topology.withFree((String id, Long total) -> total - less);
    }
}
