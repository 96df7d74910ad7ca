package bricklayer.promise;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.brick.BrickRepairs;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.node.PeerRepairs;
import bricklayer.operation.Operation;
import bricklayer.reconcile.Comparison;
import bricklayer.reconcile.Finding;
import bricklayer.reconcile.FindingKind;
import bricklayer.reconcile.Repairs;
import bricklayer.stamp.StampRepairs;
import bricklayer.survey.ClusterSurvey;
import bricklayer.survey.NodeSurvey;
import bricklayer.survey.Surveyor;
import bricklayer.volume.VolumeRepairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Repairs of what somebody did by hand. In the end what still differs in the same way is repaired without faults, for a repair that was taken back leaves the damage. */
final class RepairScenarios {

    private static final Gluster GLUSTER = new Gluster(GlusterSettings.DEFAULTS);
    private static final GlusterBlock BLOCKS = new GlusterBlock(GlusterBlockSettings.DEFAULTS);
    private static final Lvm LVM = new Lvm(LvmSettings.DEFAULTS);
    private static final Mounts MOUNTS = new Mounts(MountSettings.DEFAULTS);
    private static final String STRANGE_DISK = "/dev/vdz";
    private static final int ROUNDS_MAX = 6;

    private RepairScenarios() {}

    static List<Scenario> all() {
        return List.of(
                of("remove a brick of nobody", FindingKind.LV_ORPHAN, world -> {
                    makeStrange(world);
                    does(
                            world,
                            MOUNTS.mkdir(strangePoint(world)),
                            MOUNTS.addFstabEntry(strangeDevice(world), strangePoint(world)),
                            MOUNTS.mount(strangeDevice(world), strangePoint(world)));
                }),
                of(
                        "remove a folder of nobody",
                        FindingKind.FOLDER_ORPHAN,
                        world -> does(world, MOUNTS.mkdir(strangePoint(world) + "/brick"))),
                of("delete the record of a volume that is gone", FindingKind.GHOST_VOLUME, RepairScenarios::removeAll),
                of(
                        "set an option again",
                        FindingKind.OPTION_DIFFERS,
                        world -> does(world, GLUSTER.setOption("r3", "user.heketi.id", "nobody"))),
                of(
                        "start a brick",
                        FindingKind.BRICK_PROCESS_DOWN,
                        world -> world.executor
                                .nodes()
                                .killBrick(host(world), brick(world).path())),
                of("start a volume", FindingKind.VOLUME_STOPPED, world -> does(world, GLUSTER.stop("r3"))),
                of(
                        "delete a snapshot",
                        FindingKind.SNAPSHOT_LEFT_OVER,
                        world -> does(world, GLUSTER.createSnapshot("tmpsnap_1", "r3"))),
                new Scenario(
                        "delete the record of a block volume that is gone",
                        () -> {
                            StorageWorld world = new StorageWorld(3, nothing -> {});
                            world.prepared((rows, attempt) -> world.blockPlans.create(
                                    rows,
                                    new BlockVolumeCreateRequest(1, List.of(), "block", 2, false),
                                    world.answering(),
                                    attempt));
                            String hosting = world.rows()
                                    .get(Volume.TABLE, world.onlyBlock().hostingVolume())
                                    .orElseThrow()
                                    .name();
                            new Hosts(world.executor)
                                    .run(
                                            Inventory.nodes(world.rows(), world.cluster)
                                                    .getFirst()
                                                    .host(),
                                            new Guard("by-hand"),
                                            BLOCKS.delete(hosting, "block"));
                            return world.asOfNow();
                        },
                        world -> deed(world, find(world, FindingKind.BLOCK_MISSING)),
                        false,
                        world -> repairAll(world, FindingKind.BLOCK_MISSING)),
                new Scenario(
                        "measure a brick",
                        RepairScenarios::withVolume,
                        world -> deed(
                                world,
                                new Finding(
                                        FindingKind.POOL_SIZE_DIFFERS,
                                        world.cluster,
                                        Optional.of(brick(world).node()),
                                        "pool",
                                        List.of(),
                                        Map.of(
                                                Finding.Fact.BRICK,
                                                brick(world).id().value()),
                                        Optional.empty()))));
    }

    /** What comes last in the list of all. */
    static List<Scenario> later() {
        return List.of(of("mount a brick where another device is", FindingKind.OTHER_DEVICE_MOUNTED, world -> {
            world.executor.nodes().killBrick(host(world), brick(world).path());
            world.executor.nodes().disk(host(world), STRANGE_DISK, 1 << 24);
            does(
                    world,
                    MOUNTS.unmount(brick(world).mountPoint()),
                    MOUNTS.makeXfs(STRANGE_DISK, false),
                    MOUNTS.mount(STRANGE_DISK, brick(world).mountPoint()));
        }));
    }

    /** What comes behind all others in the list of all. */
    static List<Scenario> identities() {
        return List.of(
                of(
                        "tell a volume again what it is",
                        FindingKind.VOLUME_IDENTITY_DIFFERS,
                        world -> does(world, GLUSTER.setOption("r3", "user.bricklayer.bricks", "none"))),
                of(
                        "tell a volume group again whose it is",
                        FindingKind.GROUP_IDENTITY_DIFFERS,
                        world -> does(
                                world,
                                LVM.vgchangeTags(
                                        "vg_" + brick(world).device(),
                                        List.of("bricklayer.node.tag.rack=r1"),
                                        List.of()))));
    }

    private static Scenario of(String name, FindingKind kind, Consumer<StorageWorld> byHand) {
        return new Scenario(
                name,
                () -> {
                    StorageWorld world = withVolume();
                    byHand.accept(world);
                    return world.asOfNow();
                },
                world -> deed(world, find(world, kind)),
                false, // asked again when it is repaired, it is refused
                world -> repairAll(world, kind));
    }

    private static StorageWorld withVolume() {
        StorageWorld world = new StorageWorld(3, nothing -> {});
        return world.prepared((rows, attempt) -> world.volumePlans.create(
                rows, VolumeCreateRequest.of(2, Durability.replicate(3)).named("r3"), attempt));
    }

    private static Deed deed(StorageWorld world, Finding finding) {
        return Deed.of((rows, attempt) -> repairs(world).plan(rows, finding, true));
    }

    private static void repairAll(StorageWorld world, FindingKind kind) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<Finding> found = findings(world).stream()
                    .filter(finding -> finding.kind() == kind)
                    .toList();
            if (found.isEmpty()) {
                return;
            }
            for (Finding finding : found) {
                world.submit((rows, attempt) -> repairs(world).plan(rows, finding, true));
            }
            world.recover();
        }
    }

    private static Finding find(StorageWorld world, FindingKind kind) {
        return findings(world).stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + findings(world)));
    }

    private static List<Finding> findings(StorageWorld world) {
        Surveyor surveyor = new Surveyor(new Hosts(world.executor), LVM, MOUNTS, GLUSTER, BLOCKS);
        List<Node> nodes = Inventory.nodes(world.rows(), world.cluster);
        List<NodeSurvey> surveys = nodes.stream().map(surveyor::node).toList();
        List<String> hosting = new ArrayList<>();
        world.rows()
                .find(Volume.TABLE, Volume.BLOCK_HOSTING_BY_CLUSTER, world.cluster.value())
                .forEach(volume -> hosting.add(volume.name()));
        ClusterSurvey cluster = surveyor.cluster(world.cluster, nodes, hosting, List.of());
        return Comparison.of(world.rows(), List.<Operation>of(), world.cluster, surveys, cluster);
    }

    private static Repairs repairs(StorageWorld world) {
        return new Repairs(
                () -> 0,
                new BrickRepairs(LvmSettings.DEFAULTS, MountSettings.DEFAULTS),
                new VolumeRepairs(world.volumePlans),
                new PeerRepairs(GlusterSettings.DEFAULTS),
                world.devicePlans,
                LvmSettings.DEFAULTS,
                MountSettings.DEFAULTS,
                GlusterBlockSettings.DEFAULTS,
                new StampRepairs(world.ids, LvmSettings.DEFAULTS, GlusterSettings.DEFAULTS));
    }

    private static Brick brick(StorageWorld world) {
        return Inventory.bricksOf(world.rows(), world.named("r3").id()).getFirst();
    }

    private static HostName host(StorageWorld world) {
        return hostOf(world, brick(world));
    }

    private static HostName hostOf(StorageWorld world, Brick brick) {
        return world.rows().get(Node.TABLE, brick.node()).orElseThrow().host();
    }

    private static void does(StorageWorld world, Command... commands) {
        for (Command command : commands) {
            new Hosts(world.executor).run(host(world), new Guard("by-hand"), command);
        }
    }

    private static String group(Brick brick) {
        return "vg_" + brick.device();
    }

    private static String strangeDevice(StorageWorld world) {
        return DeviceMapper.path(group(brick(world)), "brick_strange");
    }

    private static String strangePoint(StorageWorld world) {
        String point = brick(world).mountPoint();
        return point.substring(0, point.lastIndexOf('/')) + "/brick_strange";
    }

    private static void makeStrange(StorageWorld world) {
        does(
                world,
                LVM.lvcreateThin(new ThinLv(
                        group(brick(world)), "tp_strange", "brick_strange", 1 << 20, 8192, 1 << 20, false, List.of())),
                MOUNTS.makeXfs(strangeDevice(world), false));
    }

    private static void removeAll(StorageWorld world) {
        does(world, GLUSTER.stop("r3"), GLUSTER.delete("r3"));
        Guard guard = new Guard("by-hand");
        for (Brick brick : Inventory.bricksOf(world.rows(), world.named("r3").id())) {
            HostName host = hostOf(world, brick);
            ThinLv lv = new ThinLv(group(brick), brick.pool(), brick.lv(), 0, 0, 0, false, List.of());
            Hosts hosts = new Hosts(world.executor);
            hosts.run(host, guard, MOUNTS.unmount(brick.mountPoint()));
            hosts.run(host, guard, MOUNTS.removeFstabEntry(DeviceMapper.path(group(brick), brick.lv())));
            hosts.run(host, guard, LVM.lvremove(lv));
            hosts.run(host, guard, LVM.lvremoveEmptyPool(lv));
            hosts.run(host, guard, MOUNTS.rmdir(brick.mountPoint()));
        }
    }
}
