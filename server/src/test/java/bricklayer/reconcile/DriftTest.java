package bricklayer.reconcile;

import static bricklayer.reconcile.FindingKind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.gluster.VolumeType;
import bricklayer.host.HostName;
import bricklayer.identity.GroupTags;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.DeviceMapper;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.reconcile.DriftReport.Aged;
import bricklayer.reconcile.Reconciler.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes astray by hand is found and named rightly; the proposed repair puts it right, and nothing else is touched. */
class DriftTest {

    /**
     * @param found besides the first, those that come with it
     * @param backAsBefore whether nodes and records are as before the drift once it is repaired
     */
    record Drift(
            String name,
            Consumer<DriftWorld> byHand,
            boolean withFiles,
            boolean backAsBefore,
            FindingKind kind,
            Set<FindingKind> found) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Drift repaired(String name, Consumer<DriftWorld> byHand, FindingKind kind, FindingKind... more) {
        return new Drift(name, byHand, false, true, kind, EnumSet.of(kind, more));
    }

    private static Drift shown(String name, Consumer<DriftWorld> byHand, FindingKind kind, FindingKind... more) {
        return new Drift(name, byHand, false, false, kind, EnumSet.of(kind, more));
    }

    static Stream<Drift> cured() {
        return Stream.of(
                repaired("a brick is unmounted", DriftWorld::unmount, UNMOUNTED, BRICK_PROCESS_DOWN),
                repaired(
                        "a brick is unmounted and its mount point is gone",
                        w -> {
                            w.unmount();
                            w.does(w.mounts.rmdir(w.brick().mountPoint()));
                        },
                        UNMOUNTED,
                        BRICK_PROCESS_DOWN),
                repaired(
                        "an empty brick folder on the root disk",
                        w -> {
                            w.unmount();
                            w.does(w.mounts.makeBrickDirectory(w.brick().path()));
                        },
                        ON_ROOT_DISK,
                        BRICK_PROCESS_DOWN),
                repaired(
                        "a line of fstab is gone",
                        w -> w.does(w.mounts.removeFstabEntry(w.brickDevice())),
                        FSTAB_MISSING),
                repaired(
                        "a line of fstab mounts a brick elsewhere",
                        w -> w.does(
                                w.mounts.removeFstabEntry(w.brickDevice()),
                                w.mounts.addFstabEntry(w.brickDevice(), "/mnt")),
                        FSTAB_WRONG),
                repaired(
                        "two lines of fstab for a brick",
                        w -> w.does(w.mounts.addFstabEntry(w.brickDevice(), "/mnt")),
                        FSTAB_WRONG),
                repaired(
                        "a line of fstab for nothing",
                        w -> w.does(w.mounts.addFstabEntry(w.strangeDevice(), w.strangePoint())),
                        FSTAB_ORPHAN),
                repaired(
                        "a logical volume without a file system",
                        w -> w.does(w.lvm.lvcreateThin(w.strange())),
                        LV_ORPHAN),
                repaired("a mounted logical volume, empty", w -> w.makeStrange(true), LV_ORPHAN),
                new Drift(
                        "a logical volume with a file system nobody can look into",
                        w -> w.makeStrange(false),
                        true,
                        true,
                        LV_ORPHAN,
                        EnumSet.of(LV_ORPHAN)),
                new Drift(
                        "a mounted logical volume with files",
                        w -> {
                            w.makeStrange(true);
                            w.does(w.mounts.mkdir(w.strangePoint() + "/brick/files"));
                        },
                        true,
                        true,
                        LV_ORPHAN,
                        EnumSet.of(LV_ORPHAN)),
                repaired(
                        "an empty thin pool",
                        w -> w.does(w.lvm.lvcreateThin(w.strange()), w.lvm.lvremove(w.strange())),
                        POOL_ORPHAN),
                repaired(
                        "a folder of no brick",
                        w -> w.does(w.mounts.mkdir(w.strangePoint() + "/brick")),
                        FOLDER_ORPHAN),
                repaired(
                        "the process of a brick died",
                        w -> w.executor.nodes().killBrick(w.host(), w.brick().path()),
                        BRICK_PROCESS_DOWN),
                repaired("a volume is stopped", w -> w.does(w.gluster.stop("data")), VOLUME_STOPPED),
                repaired(
                        "an option has another value",
                        w -> w.does(w.gluster.setOption("data", "user.note", "second")),
                        OPTION_DIFFERS),
                repaired(
                        "the id of a volume has another value",
                        w -> w.does(w.gluster.setOption("data", "user.heketi.id", "nobody")),
                        OPTION_DIFFERS),
                repaired(
                        "what a volume says of its bricks is another's",
                        w -> w.does(w.gluster.setOption("data", "user.bricklayer.bricks", "none")),
                        VOLUME_IDENTITY_DIFFERS),
                repaired(
                        "what a volume says of its block volumes is an old one",
                        w -> w.does(w.gluster.setOption(w.hosting(), "user.bricklayer.blocks", "%")),
                        VOLUME_IDENTITY_DIFFERS),
                repaired(
                        "a volume group lost its tags",
                        w -> w.does(w.lvm.vgchangeTags(
                                w.device().volumeGroup(),
                                List.of(),
                                GroupTags.of(
                                        w.rows().get(Cluster.TABLE, w.cluster).orElseThrow(),
                                        w.rows()
                                                .get(Node.TABLE, w.brick().node())
                                                .orElseThrow(),
                                        w.device()))),
                        GROUP_IDENTITY_DIFFERS),
                repaired(
                        "a tag of a volume group says what was true once",
                        w -> w.does(w.lvm.vgchangeTags(
                                w.device().volumeGroup(), List.of("bricklayer.node.tag.rack=r1"), List.of())),
                        GROUP_IDENTITY_DIFFERS),
                repaired(
                        "a snapshot of a clone that was never made",
                        w -> w.does(w.gluster.createSnapshot("tmpsnap_1", "data")),
                        SNAPSHOT_LEFT_OVER),
                repaired(
                        "an active one",
                        w -> w.does(
                                w.gluster.createSnapshot("tmpsnap_1", "data"), w.gluster.activateSnapshot("tmpsnap_1")),
                        SNAPSHOT_LEFT_OVER),
                repaired(
                        "somebody else's node in the pool",
                        w -> {
                            w.executor.nodes().nameNode(new HostName("stranger"), "10.0.0.99");
                            w.does(w.gluster.peerProbe("10.0.0.99"));
                        },
                        PEER_UNKNOWN),
                repaired("a node was put out of the pool", w -> w.does(w.gluster.peerDetach("10.0.0.4")), PEER_MISSING),
                repaired(
                        "a brick folder belongs to another group",
                        w -> w.does(w.mounts.setGroup(w.brick().path(), 7)),
                        GID_DIFFERS),
                new Drift(
                        "an option of a clone has another value",
                        w -> {
                            makeClone(w);
                            w.does(w.gluster.setOption("copy", "user.note", "second"));
                        },
                        false,
                        false,
                        OPTION_DIFFERS,
                        EnumSet.of(OPTION_DIFFERS)),
                repaired(
                        "the records have another size of a device",
                        w -> w.put(Device.TABLE, w.device().withSize(1 << 20, 4096)),
                        SIZE_DIFFERS),
                repaired(
                        "the records have another size of a brick",
                        w -> w.put(Brick.TABLE, w.brick().sized(4096)),
                        LV_SIZE_DIFFERS),
                repaired(
                        "the records have another size of a pool",
                        w -> w.put(Brick.TABLE, w.brick().holding(4096, 4096)),
                        POOL_SIZE_DIFFERS),
                repaired(
                        "a brick of no volume in the records",
                        w -> w.put(
                                Brick.TABLE,
                                Brick.onPoolOfItsOwn(
                                        new BrickId(w.ids.next()),
                                        new VolumeId(w.ids.next()),
                                        w.device(),
                                        0,
                                        4096,
                                        4096,
                                        4096,
                                        false)),
                        GHOST_BRICK,
                        LV_MISSING),
                repaired(
                        "a volume of the records without anything",
                        w -> w.put(Volume.TABLE, w.volume("plain").clonedAs(new VolumeId(w.ids.next()), "never-was")),
                        GHOST_VOLUME),
                repaired(
                        "another device in the place of a brick",
                        w -> {
                            w.unmount();
                            w.makeStrange(false);
                            w.does(w.mounts.mount(w.strangeDevice(), w.brick().mountPoint()));
                        },
                        OTHER_DEVICE_MOUNTED,
                        LV_ORPHAN,
                        BRICK_PROCESS_DOWN),
                new Drift(
                        "files on the root disk in the place of a brick",
                        w -> {
                            w.unmount();
                            w.does(w.mounts.mkdir(w.brick().path() + "/files"));
                        },
                        true,
                        false,
                        ON_ROOT_DISK,
                        EnumSet.of(ON_ROOT_DISK, BRICK_PROCESS_DOWN)),
                new Drift(
                        "gluster-block lost a block volume",
                        w -> w.does(w.blocks.delete(w.hosting(), "disk")),
                        false,
                        false,
                        BLOCK_MISSING,
                        EnumSet.of(BLOCK_MISSING)),
                new Drift(
                        "a volume was deleted by hand, with all its bricks",
                        w -> {
                            deleteByHand(w, "plain");
                            for (Brick brick : Inventory.bricksOf(
                                    w.rows(), w.volume("plain").id())) {
                                removeByHand(w, brick);
                            }
                        },
                        false,
                        false,
                        GHOST_VOLUME,
                        EnumSet.of(GHOST_VOLUME, LV_MISSING)));
    }

    /** Of a volume with a group and an option; without findings so far. */
    private static void makeClone(DriftWorld w) {
        w.must((rows, attempt) -> w.clonePlans.clone(rows, w.volume("data").id(), "copy"));
        w.tell();
        assertThat(w.look().findings()).isEmpty();
    }

    private static void deleteByHand(DriftWorld w, String volume) {
        w.does(w.gluster.stop(volume), w.gluster.delete(volume));
    }

    /** But for the folders, which nobody looks at. */
    private static void removeByHand(DriftWorld w, Brick brick) {
        HostName host = w.rows().get(Node.TABLE, brick.node()).orElseThrow().host();
        String group = "vg_" + brick.device();
        bricklayer.lvm.ThinLv lv =
                new bricklayer.lvm.ThinLv(group, brick.pool(), brick.lv(), 0, 0, 0, false, List.of());
        bricklayer.host.Guard guard = new bricklayer.host.Guard("by-hand");
        w.hosts.run(host, guard, w.mounts.unmount(brick.mountPoint()));
        w.hosts.run(host, guard, w.mounts.removeFstabEntry(DeviceMapper.path(group, brick.lv())));
        w.hosts.run(host, guard, w.lvm.lvremove(lv));
        w.hosts.run(host, guard, w.lvm.lvremoveEmptyPool(lv));
        w.hosts.run(host, guard, w.mounts.rmdir(brick.mountPoint()));
    }

    static Stream<Drift> forPeople() {
        return Stream.of(
                shown("gluster lost a volume", w -> deleteByHand(w, "data"), VOLUME_MISSING),
                shown(
                        "a volume by hand",
                        w -> {
                            w.makeStrange(true);
                            w.does(w.gluster.createVolume("own", VolumeType.distribute(), List.of(own(w))));
                        },
                        VOLUME_ORPHAN),
                shown(
                        "a volume by hand that says it is ours",
                        w -> {
                            w.makeStrange(true);
                            w.does(
                                    w.gluster.createVolume("own", VolumeType.distribute(), List.of(own(w))),
                                    w.gluster.setOption(
                                            "own",
                                            "user.heketi.id",
                                            w.volume("data").id().value()));
                        },
                        DUPLICATE_OWNER,
                        VOLUME_ORPHAN),
                shown(
                        "bricks added by hand",
                        w -> {
                            w.makeStrange(true);
                            w.does(w.gluster.addBricks("plain", List.of(own(w))));
                        },
                        VOLUME_DIFFERS),
                shown(
                        "the logical volume of a brick is gone",
                        w -> {
                            w.unmount();
                            w.does(w.lvm.lvremove(new bricklayer.lvm.ThinLv(
                                    w.device().volumeGroup(), "x", w.brick().lv(), 0, 0, 0, false, List.of())));
                        },
                        LV_MISSING,
                        BRICK_PROCESS_DOWN),
                shown(
                        "a brick in another pool than recorded",
                        w -> {
                            Brick b = w.brick();
                            w.put(
                                    Brick.TABLE,
                                    new Brick(
                                            b.id(),
                                            b.volume(),
                                            b.device(),
                                            b.node(),
                                            b.position(),
                                            b.sizeKiB(),
                                            b.poolKiB(),
                                            b.metadataKiB(),
                                            "tp_other",
                                            b.lv(),
                                            b.path(),
                                            b.arbiter()));
                        },
                        LV_IN_OTHER_POOL,
                        POOL_MISSING),
                shown(
                        "a volume group that has a name of ours",
                        w -> {
                            w.executor.nodes().disk(w.host(), "/dev/vdz", 1 << 24);
                            w.does(
                                    w.lvm.pvcreate("/dev/vdz", "AAAAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAAAA"),
                                    w.lvm.vgcreate("vg_" + "e".repeat(32), "/dev/vdz", List.of()));
                        },
                        GROUP_ORPHAN),
                shown(
                        "a device of the records without a volume group",
                        w -> w.put(
                                Device.TABLE,
                                new Device(
                                        new DeviceId(w.ids.next()),
                                        w.node(4).id(),
                                        "/dev/vdy",
                                        Map.of(),
                                        State.ONLINE,
                                        1 << 20,
                                        4096,
                                        "BBBBBB-AAAA-AAAA-AAAA-AAAA-AAAA-AAAAAA",
                                        List.of())),
                        GROUP_MISSING),
                shown(
                        "a volume group on another disk",
                        w -> {
                            Device d = w.device();
                            w.put(
                                    Device.TABLE,
                                    new Device(
                                            d.id(),
                                            d.node(),
                                            d.name(),
                                            d.tags(),
                                            d.state(),
                                            d.totalKiB(),
                                            d.extentKiB(),
                                            "BBBBBB-AAAA-AAAA-AAAA-AAAA-AAAA-AAAAAA",
                                            d.paths()));
                        },
                        DISK_DIFFERS),
                shown(
                        "a brick's folder is gone",
                        w -> {
                            w.executor.nodes().killBrick(w.host(), w.brick().path());
                            w.does(w.mounts.rmdir(w.brick().path()));
                        },
                        BRICK_FOLDER_MISSING,
                        BRICK_PROCESS_DOWN),
                shown(
                        "a brick is mounted for reading only",
                        w -> {
                            w.unmount();
                            w.does(bricklayer.host.Command.of(
                                    java.time.Duration.ofMinutes(1),
                                    "mount",
                                    "-o",
                                    "ro,nouuid",
                                    w.brickDevice(),
                                    w.brick().mountPoint()));
                        },
                        READ_ONLY,
                        BRICK_PROCESS_DOWN),
                shown(
                        "another disk is mounted among the bricks",
                        w -> {
                            w.executor.nodes().disk(w.host(), "/dev/vdz", 1 << 24);
                            w.does(
                                    w.mounts.makeXfs("/dev/vdz", false),
                                    w.mounts.mkdir(w.strangePoint()),
                                    w.mounts.mount("/dev/vdz", w.strangePoint()));
                        },
                        MOUNT_ORPHAN),
                shown(
                        "files in a folder of no brick",
                        w -> w.does(w.mounts.mkdir(w.strangePoint() + "/brick/files")),
                        FOLDER_ORPHAN),
                shown(
                        "a block volume by hand",
                        w -> w.does(w.blocks.create(w.hosting(), "own", false, List.of("10.0.0.1"), 1)),
                        BLOCK_ORPHAN),
                shown(
                        "the records have another size of a block volume",
                        w -> w.put(BlockVolume.TABLE, w.block().sized(3, 3)),
                        BLOCK_DIFFERS),
                shown(
                        "a glusterd is down",
                        w -> w.executor.nodes().stopGlusterd(new HostName("node4")),
                        PEER_DISCONNECTED));
    }

    private static String own(DriftWorld w) {
        return w.rows().get(Node.TABLE, w.brick().node()).orElseThrow().storageHost() + ":" + w.strangePoint()
                + "/brick";
    }

    @Test
    void aSoundClusterHasNoFindings() {
        DriftWorld world = new DriftWorld();
        long before = world.executor.counters().asked();

        DriftReport report = world.look();

        assertThat(report.findings()).isEmpty();
        assertThat(report.unknown()).isEmpty();
        assertThat(report.nodes()).isEqualTo(4);
        assertThat(world.executor.counters().asked() - before)
                .as("three commands a node, and two on one of them")
                .isEqualTo(4 * 3 + 2);
        assertThat(world.executor.counters().notSimulated()).isZero();
    }

    @ParameterizedTest
    @MethodSource("cured")
    void isFoundAndCured(Drift drift) {
        DriftWorld world = new DriftWorld();
        List<Object> records = world.records();
        Map<String, String> pictures = world.pictures();
        drift.byHand().accept(world);
        if (drift.kind() == PEER_UNKNOWN) {
            pictures.put("stranger", "");
        }

        List<Finding> found = found(world);
        assertThat(kinds(found)).isEqualTo(drift.found());
        Finding main = found.stream()
                .filter(finding -> finding.kind() == drift.kind())
                .findFirst()
                .orElseThrow();
        assertThat(main.evidence()).isNotEmpty();
        if (drift.withFiles()) {
            Map<String, String> astray = world.pictures();
            refuses(world, main);
            assertThat(world.pictures()).as("nothing is done without the flag").isEqualTo(astray);
        }
        Operation repair = world.must((rows, attempt) -> world.repairs.plan(rows, main, drift.withFiles()));
        assertThat(repair.kind())
                .isEqualTo(
                        main.kind() == SIZE_DIFFERS
                                ? "resync-device"
                                : "repair-" + main.kind().wire());
        for (int rest = 0; rest < 3; rest++) {
            for (Finding other : found(world)) {
                world.submit((rows, attempt) -> world.repairs.plan(rows, other, true));
            }
        }

        assertThat(found(world)).isEmpty();
        if (drift.backAsBefore()) {
            assertThat(world.records()).isEqualTo(records);
            if (drift.kind() == PEER_UNKNOWN) {
                assertThat(world.pictures().remove("stranger")).isNotNull();
                pictures.put("stranger", world.pictures().get("stranger"));
            }
            assertThat(world.pictures()).isEqualTo(pictures);
        }
        assertThat(world.executor.counters().notSimulated()).isZero();

        Map<String, String> cured = world.pictures();
        List<Object> curedRecords = world.records();
        again(world, main, drift.withFiles());
        assertThat(world.pictures()).as("a stale finding does nothing").isEqualTo(cured);
        assertThat(world.records()).isEqualTo(curedRecords);
    }

    private static void again(DriftWorld world, Finding stale, boolean withFiles) {
        try {
            world.submit((rows, attempt) -> world.repairs.plan(rows, stale, withFiles));
        } catch (CannotRepair e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static void refuses(DriftWorld world, Finding finding) {
        try {
            Operation refused = world.submit((rows, attempt) -> world.repairs.plan(rows, finding, false));
            assertThat(refused.state()).isEqualTo(OperationState.ABORTED);
        } catch (CannotRepair e) {
            assertThat(e).hasMessageContaining("files");
        }
    }

    @ParameterizedTest
    @MethodSource("forPeople")
    void isFoundAndLeftToPeople(Drift drift) {
        DriftWorld world = new DriftWorld();
        drift.byHand().accept(world);
        Map<String, String> pictures = world.pictures();

        List<Finding> found = found(world);

        assertThat(kinds(found)).isEqualTo(drift.found());
        Finding main = found.stream()
                .filter(finding -> finding.kind() == drift.kind())
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> world.repairs.plan(world.rows(), main, false)).isInstanceOf(CannotRepair.class);
        assertThat(world.pictures()).isEqualTo(pictures);
        assertThat(world.executor.counters().notSimulated()).isZero();
    }

    /** Whether its bricks lie on a device of ours or elsewhere: once it is adopted, nothing is amiss, and what a person does to it is shown and left to people. */
    @Test
    void aVolumeByHandIsAdopted() {
        DriftWorld world = new DriftWorld();
        List<Object> records = world.records();
        world.makeStrange(true);
        world.executor.nodes().disk(world.host(), "/dev/vdz", 1 << 24);
        world.does(
                world.mounts.makeXfs("/dev/vdz", false),
                world.mounts.mkdir("/data"),
                world.mounts.mount("/dev/vdz", "/data"),
                world.gluster.createVolume(
                        "own",
                        VolumeType.distribute(),
                        List.of(own(world), own(world).replaceFirst(":.*", ":/data/own"))),
                world.gluster.start("own"));
        Finding orphan = found(world).getFirst();
        assertThat(orphan.kind()).isEqualTo(VOLUME_ORPHAN);
        assertThat(orphan.evidence()).contains("each brick is on a node of the records: it can be adopted");
        long used = Inventory.usedKiB(world.rows(), world.device());

        world.must(world.adoptions.adoption(world.rows(), Optional.of(orphan.cluster()), orphan.object(), false));

        assertThat(found(world)).isEmpty();
        assertThat(Inventory.usedKiB(world.rows(), world.device()))
                .as("the thin pool of its one brick is counted")
                .isEqualTo(used + (1 << 20) + 8192);
        world.does(
                world.mounts.removeFstabEntry(world.strangeDevice()),
                world.gluster.setOption("own", "user.note", "mine"),
                world.gluster.stop("own"));
        Finding stopped = found(world).getFirst();
        assertThat(kinds(found(world))).containsExactly(VOLUME_STOPPED);
        assertThatThrownBy(() -> world.repairs.plan(world.rows(), stopped, false))
                .isInstanceOf(CannotRepair.class)
                .hasMessageContaining("adopted for reading only");
        world.must(world.adoptions.forgetting(world.volume("own").id()));
        assertThat(world.records()).isEqualTo(records);
        assertThat(kinds(found(world))).containsExactly(VOLUME_ORPHAN);
    }

    @Test
    void aVolumeOnANodeOfNobodySaysWhyItIsNotAdopted() {
        DriftWorld world = new DriftWorld();
        HostName stranger = new HostName("stranger");
        world.executor.nodes().nameNode(stranger, "10.0.0.99");
        world.executor.nodes().disk(stranger, "/dev/vdz", 1 << 24);
        for (bricklayer.host.Command command : List.of(
                world.mounts.makeXfs("/dev/vdz", false),
                world.mounts.mkdir("/data"),
                world.mounts.mount("/dev/vdz", "/data"))) {
            world.hosts.run(stranger, new bricklayer.host.Guard("by-hand"), command);
        }
        world.does(
                world.gluster.peerProbe("10.0.0.99"),
                world.gluster.createVolume("theirs", VolumeType.distribute(), List.of("10.0.0.99:/data/theirs")));

        assertThat(found(world))
                .filteredOn(finding -> finding.kind() == VOLUME_ORPHAN)
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence())
                        .contains("it cannot be adopted: no node of the records has the storage name 10.0.0.99"));
    }

    /** Its part is unknown, and not wrong. */
    @Test
    void aNodeThatDoesNotAnswerIsUnknown() {
        DriftWorld world = new DriftWorld();
        world.executor.nodes().disconnect(new HostName("node4"));

        DriftReport report = world.look();

        assertThat(report.findings()).isEmpty();
        assertThat(report.unknown())
                .singleElement()
                .satisfies(gap ->
                        assertThat(gap.what()).isEqualTo("node " + world.node(4).id()));
    }

    @Test
    void whatTheNodesAreStillToBeToldIsNoDisagreement() {
        DriftWorld world = new DriftWorld();
        world.put(Device.TABLE, world.device().withTags(Map.of("rack", "r7")));
        world.put(Cluster.TABLE, new Cluster(world.cluster, true, false));
        assertThat(world.look().findings())
                .as("nobody was to tell of the cluster")
                .extracting(aged -> aged.finding().kind())
                .containsOnly(GROUP_IDENTITY_DIFFERS)
                .hasSize(5);
        world.put(Cluster.TABLE, new Cluster(world.cluster, true, true));
        assertThat(world.look().findings()).isEmpty();
        world.tell();
        assertThat(world.look().findings()).isEmpty();
        assertThat(world.hosts
                        .query(world.host(), world.lvm.groupTags())
                        .get(world.device().volumeGroup()))
                .contains("bricklayer.device.tag.rack=r7");
    }

    @Test
    void aFindingKeepsItsIdAndItsAge() {
        DriftWorld world = new DriftWorld();
        world.does(world.gluster.stop("data"));
        Aged first = world.look().findings().getFirst();
        world.now = world.now.plusSeconds(3600);
        Aged second = world.look().findings().getFirst();

        assertThat(second.finding().id()).isEqualTo(first.finding().id());
        assertThat(second.firstSeen()).isEqualTo(first.firstSeen());
        world.does(world.gluster.start("data"));
        world.look();
        assertThat(world.reconciler.find(first.finding().id())).isEmpty();
    }

    @Test
    void oneNodeIsLookedAtAlone() {
        DriftWorld world = new DriftWorld();
        world.does(world.gluster.stop("data"), world.mounts.removeFstabEntry(world.brickDevice()));

        DriftReport report =
                world.look(new Scope(Optional.empty(), Optional.of(world.brick().node())));

        assertThat(report.nodes()).isEqualTo(1);
        assertThat(report.findings()).extracting(aged -> aged.finding().kind()).containsExactly(FSTAB_MISSING);
    }

    /** A brick whose row cannot be read looks as if it were nobody's. */
    @Test
    void nothingIsRemovedWhileRowsCannotBeRead() {
        DriftWorld world = new DriftWorld();
        world.makeStrange(true);
        Finding orphan = found(world).getFirst();
        world.unreadableRows = 1;

        assertThatThrownBy(() -> world.repairs.plan(world.rows(), orphan, true))
                .isInstanceOf(CannotRepair.class)
                .hasMessageContaining("cannot be read");
    }

    /** A node dies under a delete: what it leaves is the delete's. */
    @Test
    void whatAnOpenOperationDoesIsExplained() {
        DriftWorld world = new DriftWorld();
        HostName host = world.host();
        world.executor.setFaults((on, guard, command) -> command.toString().contains("lvremove") && on.equals(host)
                ? new bricklayer.executor.simulated.CommandFaults.Fault.NotSent("cut off")
                : new bricklayer.executor.simulated.CommandFaults.Fault.None());
        VolumeId id = world.volume("data").id();
        Operation delete = world.submit((rows, attempt) -> world.volumePlans.delete(rows, id));
        assertThat(delete.state().open()).isTrue();

        DriftReport report = world.look();

        assertThat(report.findings())
                .isNotEmpty()
                .allSatisfy(aged -> assertThat(aged.finding().explainedBy())
                        .contains(delete.id().value()));
    }

    private static List<Finding> found(DriftWorld world) {
        List<Finding> all = new ArrayList<>();
        DriftReport report = world.look();
        assertThat(report.unknown()).isEmpty();
        report.findings().forEach(aged -> all.add(aged.finding()));
        assertThat(all).allSatisfy(finding -> assertThat(finding.explainedBy()).isEmpty());
        return all;
    }

    private static Set<FindingKind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind).collect(Collectors.toSet());
    }
}
