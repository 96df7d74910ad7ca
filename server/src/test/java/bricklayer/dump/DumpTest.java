package bricklayer.dump;

import static bricklayer.dump.SmallWorld.brick;
import static bricklayer.dump.SmallWorld.volume;
import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.DatabaseDump;
import bricklayer.api.DatabaseDump.Action;
import bricklayer.api.DatabaseDump.OperationEntry;
import bricklayer.api.WireJson;
import bricklayer.api.WireStream;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Chap;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.OpenStatus;
import bricklayer.operation.OperationId;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The dump is Heketi's, letter for letter, and never whole in memory. */
final class DumpTest {

    private static final String OPERATION = "0a".repeat(16);
    private static final Volume VOLUME = volume("e1", "data", 10);
    private static final Brick FIRST = brick("b1", VOLUME, 0, 10_485_760, 53_248);
    private static final Brick SECOND = brick("b2", VOLUME, 1, 2_097_152, 12_288);

    @Test
    void writesWhatHeketiWouldWrite() throws IOException {
        Volume plain =
                withGid(volume("e1", "vol_" + "e1".repeat(16), 10, "", "performance.io-cache off", ""), 2001, false);
        Volume stale = volume("e2", "data2", 2, "", "");
        Volume hosting = withGid(volume("e3", "vol_" + "e3".repeat(16), 50, "", "group gluster-block", ""), 0, true);
        Brick ofPlain = onPool(brick("b1", plain, 0, 10_485_760, 53_248), "tp_" + "9c".repeat(16));
        Brick ofStale = brick("b2", stale, 0, 2_097_152, 12_288);
        SmallWorld world = new SmallWorld()
                .put(Generation.TABLE, new Generation(new Generation.Name("generation"), "7".repeat(32)))
                .put(Volume.TABLE, hosting)
                .put(
                        BlockVolume.TABLE,
                        new BlockVolume(
                                new BlockVolumeId("f1".repeat(16)),
                                "blockvol_" + "f1".repeat(16),
                                hosting.cluster(),
                                hosting.id(),
                                5,
                                5,
                                1,
                                true,
                                List.of("192.0.2.11"),
                                "iqn.2016-12.org.gluster-block:00000000-0000-0000-0000-000000000001",
                                new Chap("u-example", "p-example"),
                                List.of()))
                .put(Brick.TABLE, brick("b3", hosting, 0, 52_428_800, 262_144))
                .put(Volume.TABLE, plain)
                .put(Brick.TABLE, ofPlain)
                .put(Volume.TABLE, stale)
                .put(Brick.TABLE, ofStale)
                .open(
                        "0a",
                        Plan.of("create-volume")
                                .creates(Volume.TABLE, stale)
                                .creates(Brick.TABLE, ofStale)
                                .build());

        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("dump.json"))) {
            assertThat(world.dump(OpenStatus.STALE))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anExpansionMarksItsNewBricksOnly() {
        DatabaseDump dump = dumpDuring(Plan.of("expand-volume")
                .updates(Volume.TABLE, VOLUME.grownBy(2))
                .creates(Brick.TABLE, SECOND));

        assertThat(onlyOperation(dump))
                .isEqualTo(operation(
                        3, action(1, SECOND.id().value()), action(5, VOLUME.id().value(), 2L)));
        assertThat(marked(dump)).containsExactly(SECOND.id().value());
        assertThat(Objects.requireNonNull(dump.volumes().get(VOLUME.id().value()))
                        .info()
                        .sizeGiB())
                .isEqualTo(10);
    }

    @Test
    void aDeletionMarksAllThatGoes() {
        DatabaseDump dump = dumpDuring(
                Plan.of("delete-volume").deletes(Volume.TABLE, VOLUME).deletes(Brick.TABLE, List.of(FIRST, SECOND)));

        assertThat(onlyOperation(dump))
                .isEqualTo(operation(
                        2,
                        action(3, FIRST.id().value()),
                        action(3, SECOND.id().value()),
                        action(4, VOLUME.id().value())));
        assertThat(marked(dump))
                .containsExactly(
                        FIRST.id().value(), SECOND.id().value(), VOLUME.id().value());
    }

    @Test
    void aCloneMarksItsSourceToo() {
        Volume target = volume("e2", "copy", 10);
        Brick ofTarget = named(brick("b4", target, 0, 0, 0), "0123_0");
        DatabaseDump dump = dump(
                world().put(Volume.TABLE, target).put(Brick.TABLE, ofTarget),
                Plan.of("clone-volume")
                        .creates(Volume.TABLE, target)
                        .creates(Brick.TABLE, ofTarget)
                        .holds(Volume.TABLE, VOLUME));

        assertThat(onlyOperation(dump))
                .isEqualTo(operation(
                        7,
                        action(9, VOLUME.id().value()),
                        action(11, target.id().value()),
                        action(1, ofTarget.id().value())));
        assertThat(marked(dump))
                .containsExactly(ofTarget.id().value(), VOLUME.id().value());
        assertThat(dump.volumes()).doesNotContainKey(target.id().value());
        assertThat(Objects.requireNonNull(dump.clusters().get(SmallWorld.CLUSTER.value()))
                        .info()
                        .volumes())
                .contains(target.id().value());
        assertThat(Objects.requireNonNull(dump.bricks().get(ofTarget.id().value()))
                        .lv())
                .isEqualTo("0123_0");
    }

    @Test
    void movingABrickMarksTheOldAndTheNewAndNotTheVolume() {
        Brick moved = brick("b4", VOLUME, 0, 10_485_760, 53_248);
        DatabaseDump dump = dump(
                world().put(Brick.TABLE, moved),
                Plan.of("evict-brick")
                        .creates(Brick.TABLE, moved)
                        .deletes(Brick.TABLE, FIRST)
                        .holds(Volume.TABLE, VOLUME));

        assertThat(onlyOperation(dump))
                .isEqualTo(operation(
                        8, action(3, FIRST.id().value()), action(1, moved.id().value())));
        assertThat(marked(dump)).containsExactly(FIRST.id().value(), moved.id().value());
        assertThat(Objects.requireNonNull(dump.volumes().get(VOLUME.id().value()))
                        .bricks())
                .containsExactly(FIRST.id().value(), SECOND.id().value());
        assertThat(Objects.requireNonNull(
                                dump.devices().get(SmallWorld.DEVICE.id().value()))
                        .bricks())
                .containsExactly(FIRST.id().value(), SECOND.id().value());
    }

    @Test
    void aReplacedBrickThatWaitsForItsNodeIsWhatIsLeftOfAMove() {
        Brick moved = brick("b4", VOLUME, 0, 10_485_760, 53_248);
        DatabaseDump dump = dump(
                world().put(Brick.TABLE, moved),
                Plan.of(Inventory.DISCARD_BRICK).deletes(Brick.TABLE, FIRST));

        assertThat(onlyOperation(dump))
                .isEqualTo(operation(8, action(3, FIRST.id().value())));
        assertThat(Objects.requireNonNull(dump.volumes().get(VOLUME.id().value()))
                        .bricks())
                .containsExactly(SECOND.id().value(), moved.id().value());
    }

    @Test
    void aRemovalAndTheMoveThatIsPartOfItNameEachOther() {
        SmallWorld world = world().open(
                        "0a",
                        Plan.of("remove-device")
                                .updates(Device.TABLE, SmallWorld.DEVICE.with(State.FAILED))
                                .build())
                .open(
                        "0b",
                        Plan.of(Inventory.EVICT_BRICK)
                                .holds(Volume.TABLE, VOLUME)
                                .deletes(Brick.TABLE, FIRST)
                                .build(),
                        Optional.of(new OperationId(OPERATION)));
        DatabaseDump dump = WireJson.read(world.dump(OpenStatus.FAILED), DatabaseDump.class);

        String child = "0b".repeat(16);
        assertThat(Objects.requireNonNull(dump.operations().get(OPERATION)).actions())
                .containsExactly(action(8, SmallWorld.DEVICE.id().value()), action(12, child));
        assertThat(Objects.requireNonNull(dump.operations().get(child)).actions())
                .containsExactly(action(3, FIRST.id().value()), action(13, OPERATION));
        assertThat(Objects.requireNonNull(dump.operations().get(child)).status())
                .isEqualTo("failed");
    }

    @Test
    void removingADeviceMarksNothing() {
        DatabaseDump dump = dumpDuring(Plan.of("remove-device").holds(Device.TABLE, SmallWorld.DEVICE));

        assertThat(onlyOperation(dump))
                .isEqualTo(operation(6, action(8, SmallWorld.DEVICE.id().value())));
        assertThat(marked(dump)).isEmpty();
    }

    @Test
    void leavesOutANodeThatIsBeingAddedAndTheOperationThatAddsIt() {
        Node added = SmallWorld.node(new NodeId("a2".repeat(16)), SmallWorld.CLUSTER, "node-b.example", "192.0.2.12");
        DatabaseDump dump =
                dump(world().put(Node.TABLE, added), Plan.of("add-node").creates(Node.TABLE, added));

        assertThat(dump.operations()).isEmpty();
        assertThat(dump.nodes()).containsOnlyKeys(SmallWorld.NODE.value());
        assertThat(Objects.requireNonNull(dump.clusters().get(SmallWorld.CLUSTER.value()))
                        .info()
                        .nodes())
                .containsExactly(SmallWorld.NODE.value());
        assertThat(Objects.requireNonNull(dump.volumes().get(VOLUME.id().value()))
                        .info()
                        .mount()
                        .glusterfs()
                        .hosts())
                .containsExactly("192.0.2.11");
    }

    @Test
    void passesOnWhatItWritesWhileItReads() {
        int volumes = 20_000;
        SmallWorld world = new SmallWorld();
        for (int i = 0; i < volumes; i++) {
            String id = "%032x".formatted(i);
            world.put(Volume.TABLE, renamed(VOLUME, new VolumeId(id), "v" + i));
            world.put(Brick.TABLE, renamed(FIRST, new BrickId(id), new VolumeId(id)));
        }
        Counting counting = new Counting();
        ObservedRows rows = new ObservedRows(world.rows(), counting::passed);
        WireStream out = WireJson.stream(counting);
        out.beginObject();
        Dump.of(rows, _ -> OpenStatus.NEW).writeMembers(out);
        out.endObject().close();

        assertThat(rows.seen()).isGreaterThan(2L * volumes);
        assertThat(counting.passed()).isGreaterThan(20L << 20);
        assertThat(counting.largest).as("bytes passed on at once").isLessThanOrEqualTo(16 << 10);
        assertThat(rows.longestSilence())
                .as("rows read before anything of them was passed on")
                .isLessThanOrEqualTo(64);
    }

    /** Forgets what it is given. */
    private static final class Counting extends OutputStream {

        private long passed;
        private int largest;

        @Override
        public void write(int b) {
            passed++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            passed += length;
            largest = Math.max(largest, length);
        }

        long passed() {
            return passed;
        }
    }

    private static SmallWorld world() {
        return new SmallWorld()
                .put(Volume.TABLE, VOLUME)
                .put(Brick.TABLE, FIRST)
                .put(Brick.TABLE, SECOND);
    }

    private static DatabaseDump dumpDuring(PlanBuilder plan) {
        return dump(world(), plan);
    }

    private static DatabaseDump dump(SmallWorld world, PlanBuilder plan) {
        return WireJson.read(world.open("0a", plan.build()).dump(OpenStatus.NEW), DatabaseDump.class);
    }

    private static OperationEntry onlyOperation(DatabaseDump dump) {
        assertThat(dump.operations()).containsOnlyKeys(OPERATION);
        return Objects.requireNonNull(dump.operations().get(OPERATION));
    }

    private static OperationEntry operation(int type, Action... actions) {
        return new OperationEntry(OPERATION, SmallWorld.BEGUN.getEpochSecond(), type, List.of(actions), "");
    }

    private static Action action(int change, String id) {
        return new Action(change, id, null);
    }

    private static Action action(int change, String id, long delta) {
        return new Action(change, id, delta);
    }

    /** Ids of all items that the operation marks, bricks first. */
    private static List<String> marked(DatabaseDump dump) {
        List<String> marked = new java.util.ArrayList<>();
        for (Map.Entry<String, DatabaseDump.BrickEntry> brick : dump.bricks().entrySet()) {
            if (brick.getValue().pending().id().equals(OPERATION)) {
                marked.add(brick.getKey());
            }
        }
        for (Map.Entry<String, DatabaseDump.VolumeEntry> volume : dump.volumes().entrySet()) {
            if (volume.getValue().pending().id().equals(OPERATION)) {
                marked.add(volume.getKey());
            }
        }
        return marked;
    }

    private static Volume withGid(Volume volume, long gid, boolean block) {
        return new Volume(
                volume.id(),
                volume.name(),
                volume.cluster(),
                volume.sizeGiB(),
                volume.requested(),
                false,
                1,
                gid,
                volume.options(),
                block,
                List.of(),
                block ? 1 : 0,
                "");
    }

    private static Volume renamed(Volume volume, VolumeId id, String name) {
        return new Volume(
                id,
                name,
                volume.cluster(),
                volume.sizeGiB(),
                volume.requested(),
                false,
                1,
                0,
                volume.options(),
                false,
                List.of(),
                0,
                "");
    }

    private static Brick renamed(Brick brick, BrickId id, VolumeId volume) {
        return Brick.onPoolOfItsOwn(id, volume, SmallWorld.DEVICE, 0, brick.sizeKiB(), 1, 1, false);
    }

    private static Brick onPool(Brick brick, String pool) {
        return new Brick(
                brick.id(),
                brick.volume(),
                brick.device(),
                brick.node(),
                brick.position(),
                brick.sizeKiB(),
                brick.poolKiB(),
                brick.metadataKiB(),
                pool,
                brick.lv(),
                brick.path(),
                brick.arbiter());
    }

    private static Brick named(Brick brick, String lv) {
        return new Brick(
                brick.id(),
                brick.volume(),
                brick.device(),
                brick.node(),
                brick.position(),
                brick.sizeKiB(),
                brick.poolKiB(),
                brick.metadataKiB(),
                brick.pool(),
                lv,
                brick.path(),
                brick.arbiter());
    }
}
