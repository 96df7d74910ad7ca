package bricklayer.tools.bench.micro;

import bricklayer.api.VolumeList;
import bricklayer.api.WireJson;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.store.image.Image;
import bricklayer.store.image.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

/** What is asked of the records in memory at full, and how they are written as JSON. Each volume asked for is another one, in no order, so that caches do not answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@SuppressWarnings("NullAway.Init") // made by setUp
public class ImageLookups {

    @Param("200000")
    private int volumes;

    private Image image;
    private List<Volume> all;
    private List<Device> devices;
    private VolumeList ids;
    private int next;

    @Setup(Level.Trial)
    public void setUp() {
        image = Records.of(volumes);
        all = new ArrayList<>();
        image.all(Volume.TABLE).forEach(all::add);
        ids = new VolumeList(all.stream().map(volume -> volume.id().value()).toList());
        Collections.shuffle(all, new Random(1));
        devices = new ArrayList<>();
        image.all(Device.TABLE).forEach(devices::add);
    }

    private Volume any() {
        next = next + 1 == all.size() ? 0 : next + 1;
        return all.get(next);
    }

    @Benchmark
    public Object volumeById() {
        return image.get(Volume.TABLE, any().id());
    }

    @Benchmark
    public Object bricksOfVolume() {
        return image.find(Brick.TABLE, Brick.BY_VOLUME, any().id().value());
    }

    @Benchmark
    public Object volumeByName() {
        Volume volume = any();
        return image.find(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(volume.cluster(), volume.name()));
    }

    @Benchmark
    public long spaceUsedOnDevice() {
        next = next + 1 == devices.size() ? 0 : next + 1;
        return image.total(
                Brick.TABLE, Brick.SPACE_ON_DEVICE, devices.get(next).id().value());
    }

    /** A volume and its bricks put in place of themselves: what each write adds to the image before, which stays as it is. */
    @Benchmark
    public Object changedVolume() {
        Volume volume = any();
        Transaction tx = image.begin();
        tx.put(Volume.TABLE, volume.grownBy(1));
        image.find(Brick.TABLE, Brick.BY_VOLUME, volume.id().value())
                .forEach(brick -> tx.put(Brick.TABLE, brick.sized(brick.sizeKiB() + 1)));
        return tx.end();
    }

    /** As GET /volumes/{id} answers. */
    @Benchmark
    public String jsonOfVolume() {
        return WireJson.write(Views.volume(image, any()));
    }

    /** As GET /volumes answers; the list of ids is at hand. */
    @Benchmark
    public String jsonOfAllIds() {
        return WireJson.write(ids);
    }
}
