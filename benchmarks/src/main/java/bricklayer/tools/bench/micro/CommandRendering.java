package bricklayer.tools.bench.micro;

import bricklayer.brick.BrickLanes;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeType;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Volume;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.store.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The commands of a create, as they are made for nodes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // made by setUp
public class CommandRendering {

    private static final long GID = 2_001;

    private final Lvm lvm = new Lvm(LvmSettings.DEFAULTS);
    private final Mounts mounts = new Mounts(MountSettings.DEFAULTS);
    private final Gluster gluster = new Gluster(GlusterSettings.DEFAULTS);
    private Volume volume;
    private List<Brick> bricks;

    @Setup(Level.Trial)
    public void setUp() {
        Image image = Records.of(Records.CLUSTERS);
        volume = image.all(Volume.TABLE).iterator().next();
        bricks = image.find(Brick.TABLE, Brick.BY_VOLUME, volume.id().value());
    }

    /** All that makes a brick on its node. */
    @Benchmark
    public void brick(Blackhole to) {
        Brick brick = bricks.getFirst();
        ThinLv lv = BrickLanes.thinLv("vg_" + brick.device(), brick);
        String device = DeviceMapper.path(lv.vg(), lv.lv());
        to.consume(lvm.lvcreateThin(lv));
        to.consume(mounts.makeXfs(device, false));
        to.consume(mounts.mkdir(brick.mountPoint()));
        to.consume(mounts.addFstabEntry(device, brick.mountPoint()));
        to.consume(mounts.mount(device, brick.mountPoint()));
        to.consume(mounts.makeBrickDirectory(brick.path()));
        to.consume(mounts.setGroup(brick.path(), GID));
    }

    /** All that makes a gluster volume of bricks. */
    @Benchmark
    public void glusterVolume(Blackhole to) {
        List<String> places = new ArrayList<>();
        bricks.forEach(brick -> places.add("10.0.0." + (brick.position() + 1) + ":" + brick.path()));
        to.consume(gluster.createVolume(volume.name(), VolumeType.replica(bricks.size()), places));
        to.consume(gluster.setOption(volume.name(), "server.tcp-user-timeout", "42"));
        to.consume(gluster.start(volume.name()));
    }

    /** As it is told to people and to logs. */
    @Benchmark
    public String asText() {
        return lvm.pvcreate("/dev/vdb", volume.id().value()).toString();
    }
}
