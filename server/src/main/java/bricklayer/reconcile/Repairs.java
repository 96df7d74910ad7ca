package bricklayer.reconcile;

import bricklayer.brick.BrickRepairs;
import bricklayer.device.DevicePlans;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.HostName;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.LvmSettings;
import bricklayer.mount.MountSettings;
import bricklayer.node.PeerRepairs;
import bricklayer.operation.Courtesy;
import bricklayer.operation.Lane;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.PlanBuilder;
import bricklayer.operation.Step;
import bricklayer.reconcile.Finding.Fact;
import bricklayer.stamp.StampRepairs;
import bricklayer.store.Rows;
import bricklayer.volume.VolumeRepairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.StreamSupport;

/**
 * Makes a finding an operation. Pure: reads rows, asks no host. Each plan looks first whether it is still as it was found, and holds the rows it is about. It takes only the steps that the finding calls
 * for, so that one that is taken back leaves what was there before.
 */
public final class Repairs {

    private final IntSupplier unreadableRows;
    private final BrickRepairs bricks;
    private final VolumeRepairs volumes;
    private final PeerRepairs peers;
    private final DevicePlans devices;
    private final LvmSettings lvm;
    private final MountSettings mount;
    private final GlusterBlockSettings blocks;
    private final StampRepairs stamps;

    /** @param unreadableRows how many rows of the records cannot be read: what seems to be nobody's may be theirs */
    public Repairs(
            IntSupplier unreadableRows,
            BrickRepairs bricks,
            VolumeRepairs volumes,
            PeerRepairs peers,
            DevicePlans devices,
            LvmSettings lvm,
            MountSettings mount,
            GlusterBlockSettings blocks,
            StampRepairs stamps) {
        this.unreadableRows = unreadableRows;
        this.bricks = bricks;
        this.volumes = volumes;
        this.peers = peers;
        this.devices = devices;
        this.lvm = lvm;
        this.mount = mount;
        this.blocks = blocks;
        this.stamps = stamps;
    }

    /**
     * @param withFiles whether files may go that hang on what is removed
     * @throws CannotRepair for a finding that only a person can put right, or one that the rows do not bear out any more
     */
    public Plan plan(Rows rows, Finding finding, boolean withFiles) {
        if (unreadableRows.getAsInt() > 0 && finding.kind().isOfNobody()) {
            throw new CannotRepair(unreadableRows.getAsInt()
                    + " rows of the records cannot be read, and it may be theirs: see `bricklayer admin health`");
        }
        finding.fact(Fact.VOLUME)
                .flatMap(id -> rows.get(Volume.TABLE, new VolumeId(id)))
                .filter(Volume::isReadOnly)
                .ifPresent(volume -> {
                    throw new CannotRepair("volume " + volume.name()
                            + " was adopted for reading only: put it right by hand, or manage it first (bricklayer admin adopt "
                            + volume.name() + " --managed)");
                });
        PlanBuilder plan = Plan.of("repair-" + finding.kind().wire());
        return switch (finding.kind()) {
            case GHOST_VOLUME -> ghostVolume(rows, finding, plan);
            case GHOST_BRICK -> {
                Brick brick = brick(rows, finding);
                yield plan.deletes(Brick.TABLE, brick)
                        .check(new StillGone(List.of(bricks.volume(rows, brick))))
                        .build();
            }
            case VOLUME_STOPPED -> {
                Volume volume = volume(rows, finding);
                yield make(plan.holds(Volume.TABLE, volume), "gluster", List.of(volumes.start(rows, volume)));
            }
            case OPTION_DIFFERS -> {
                Volume volume = volume(rows, finding);
                yield make(
                        plan.holds(Volume.TABLE, volume),
                        "gluster",
                        List.of(volumes.setOptions(rows, volume, List.of(required(finding, Fact.OPTIONS)))));
            }
            case VOLUME_IDENTITY_DIFFERS -> {
                Volume volume = volume(rows, finding);
                yield make(
                        stamps.afterwards(plan.holds(Volume.TABLE, volume), volume),
                        "identity",
                        List.of(stamps.volume(rows, volume)));
            }
            case GROUP_IDENTITY_DIFFERS -> {
                Device device = rows.get(Device.TABLE, new DeviceId(required(finding, Fact.DEVICE)))
                        .orElseThrow(() -> new CannotRepair("the device has no record any more"));
                List<String> stale = List.of(finding.fact(Fact.TAGS).orElse("").split(" ", -1));
                yield make(
                        stamps.afterwards(plan.holds(Device.TABLE, device), device),
                        "identity",
                        List.of(stamps.group(rows, node(rows, finding), device, stale)));
            }
            case BRICK_PROCESS_DOWN -> {
                Volume volume = volume(rows, finding);
                yield make(
                        plan.holds(Volume.TABLE, volume),
                        "gluster",
                        List.of(volumes.startBrick(rows, volume, brick(rows, finding))));
            }
            case SNAPSHOT_LEFT_OVER -> {
                Volume volume = volume(rows, finding);
                yield remove(
                        plan.holds(Volume.TABLE, volume),
                        "gluster",
                        List.of(volumes.snapshot(rows, volume, required(finding, Fact.SNAPSHOT))
                                .reversed()));
            }
            case PEER_MISSING -> {
                Node node = node(rows, finding);
                yield make(
                        plan.holds(Node.TABLE, node),
                        "peer",
                        List.of(peers.member(rows, finding.cluster(), required(finding, Fact.PEER))));
            }
            case PEER_UNKNOWN -> {
                String peer = required(finding, Fact.PEER);
                if (!rows.find(Node.TABLE, Node.BY_STORAGE_HOST, peer).isEmpty()) {
                    throw new CannotRepair("a node of the records has the name " + peer + " now");
                }
                yield make(
                        plan,
                        "peer",
                        List.of(peers.member(rows, finding.cluster(), peer).reversed()));
            }
            case SIZE_DIFFERS -> devices.resync(rows, new DeviceId(required(finding, Fact.DEVICE)));
            case POOL_SIZE_DIFFERS, LV_SIZE_DIFFERS -> {
                Brick brick = brick(rows, finding);
                yield plan.updates(Brick.TABLE, brick)
                        .survey(new MeasureBrick(node(rows, finding).host(), lvm, brick.id()))
                        .build();
            }
            case POOL_ORPHAN, LV_ORPHAN -> orphan(rows, finding, withFiles, plan);
            case UNMOUNTED, ON_ROOT_DISK -> unmounted(rows, finding, withFiles, plan);
            case OTHER_DEVICE_MOUNTED -> {
                Brick brick = brick(rows, finding);
                HostName host = node(rows, finding).host();
                String other = required(finding, Fact.FSTAB_DEVICE);
                // gone from there, then ours: told apart only by looking at the device, so it is a step of its own kind
                Step unmounted = new UnmountOther(host, mount, other, brick.mountPoint());
                yield hold(rows, brick, plan)
                        .check(new StillAmiss(List.of(unmounted)))
                        .pivot()
                        .stage("unmount", Lane.of(unmounted))
                        .stage("mount", Lane.of(bricks.mounted(rows, brick)))
                        .stage("process", processes(rows, brick))
                        .build();
            }
            case GID_DIFFERS -> {
                Brick brick = brick(rows, finding);
                yield make(
                        hold(rows, brick, plan),
                        "group",
                        List.of(bricks.group(rows, brick, volume(rows, finding).gid())));
            }
            case FSTAB_MISSING -> {
                Brick brick = brick(rows, finding);
                yield make(hold(rows, brick, plan), "fstab", List.of(bricks.fstabEntry(rows, brick)));
            }
            case FSTAB_WRONG -> {
                Brick brick = brick(rows, finding);
                HostName host = node(rows, finding).host();
                yield hold(rows, brick, plan)
                        .pivot()
                        .stage(
                                "fstab",
                                Lane.of(
                                        bricks.fstabEntry(
                                                        host, required(finding, Fact.FSTAB_DEVICE), brick.mountPoint())
                                                .reversed(),
                                        bricks.fstabEntry(rows, brick)))
                        .build();
            }
            case FSTAB_ORPHAN ->
                remove(
                        plan.holds(Node.TABLE, node(rows, finding)),
                        "fstab",
                        List.of(bricks.fstabEntry(node(rows, finding).host(), required(finding, Fact.FSTAB_DEVICE), "/")
                                .reversed()));
            case FOLDER_ORPHAN -> folder(rows, finding, plan);
            case BLOCK_MISSING -> {
                BlockVolume block = rows.get(BlockVolume.TABLE, new BlockVolumeId(required(finding, Fact.BLOCK_VOLUME)))
                        .orElseThrow(() -> new CannotRepair("the record is gone"));
                Volume hosting = rows.get(Volume.TABLE, block.hostingVolume())
                        .orElseThrow(() -> new CannotRepair("its hosting volume has no record"));
                yield plan.deletes(BlockVolume.TABLE, block)
                        .check(new BlockGone(
                                Inventory.nodes(rows, finding.cluster()).stream()
                                        .map(Node::host)
                                        .toList(),
                                blocks,
                                hosting.name(),
                                block.name()))
                        .build();
            }
            default ->
                throw new CannotRepair(
                        "this is not repaired by itself: " + finding.kind().repair());
        };
    }

    /** What is missing is made; it is taken back when that can be done. */
    private static Plan make(PlanBuilder plan, String stage, List<Step> steps) {
        plan.check(new StillAmiss(steps));
        if (steps.stream().anyMatch(step -> step.undo().isEmpty())) {
            plan.pivot();
        }
        return plan.stage(stage, new Lane(steps)).build();
    }

    /** What is too much is removed. */
    private static Plan remove(PlanBuilder plan, String stage, List<Step> steps) {
        return plan.check(new StillAmiss(steps))
                .pivot()
                .stage(stage, new Lane(steps))
                .build();
    }

    private Plan ghostVolume(Rows rows, Finding finding, PlanBuilder plan) {
        Volume volume = volume(rows, finding);
        if (!Inventory.blockVolumesOn(rows, volume.id()).isEmpty()) {
            throw new CannotRepair("block volumes of the records lie in it: delete those first");
        }
        List<Brick> all = Inventory.bricksOf(rows, volume.id());
        List<Step> existence = new ArrayList<>();
        if (!all.isEmpty()) {
            existence.add(volumes.existence(rows, volume));
        }
        all.forEach(brick -> existence.add(bricks.volume(rows, brick)));
        return plan.deletes(Volume.TABLE, volume)
                .deletes(Brick.TABLE, all)
                .check(new StillGone(existence))
                .build();
    }

    private Plan orphan(Rows rows, Finding finding, boolean withFiles, PlanBuilder plan) {
        String group = required(finding, Fact.GROUP);
        String pool = required(finding, Fact.POOL);
        Optional<String> lv = finding.fact(Fact.LV);
        String uuid = finding.fact(Fact.LV_UUID)
                .orElseThrow(() -> new CannotRepair(
                        "gluster could not be asked whether it uses it: repair the cluster first, then compare again"));
        Node node = node(rows, finding);
        Device device = Inventory.devices(rows, node.id()).stream()
                .filter(candidate -> candidate.volumeGroup().equals(group))
                .findFirst()
                .orElseThrow(() -> new CannotRepair("no device of the records has the volume group " + group));
        boolean claimed = Inventory.bricksOn(rows, device.id()).stream()
                .anyMatch(brick -> lv.map(brick.lv()::equals).orElse(false)
                        || (lv.isEmpty() && brick.pool().equals(pool)));
        if (claimed) {
            throw new CannotRepair("a brick of the records is called so now");
        }
        HostName host = node.host();
        String path = DeviceMapper.path(group, lv.orElse(pool));
        List<Step> steps = new ArrayList<>();
        finding.fact(Fact.MOUNT_POINT).ifPresent(point -> steps.add(new UnmountOther(host, mount, path, point)));
        finding.fact(Fact.FSTAB_DEVICE)
                .ifPresent(
                        entry -> steps.add(bricks.fstabEntry(host, entry, "/").reversed()));
        // of a pool without a volume, a volume that is not there either: the pool goes because it is empty
        steps.add(bricks.volume(host, group, pool, lv.orElse(pool + "_none")).reversed());
        finding.fact(Fact.FOLDER)
                .filter(folder -> folder.startsWith(Device.MOUNT_ROOT + "/"))
                .ifPresent(folder ->
                        steps.add(new Courtesy(bricks.folder(host, folder).reversed())));
        return plan.holds(Device.TABLE, device)
                .check(new HoldsNoFiles(host, lvm, mount, group, lv.orElse(pool), uuid, withFiles))
                .pivot()
                .stage("remove", new Lane(steps))
                .build();
    }

    private Plan folder(Rows rows, Finding finding, PlanBuilder plan) {
        String folder = required(finding, Fact.FOLDER);
        if (!finding.fact(Fact.FILES).orElse("0").equals("0")) {
            throw new CannotRepair("it is not empty: look at what lies in it, and move it away by hand");
        }
        Node node = node(rows, finding);
        boolean claimed = StreamSupport.stream(
                        Inventory.devices(rows, node.id()).spliterator(), false)
                .anyMatch(device -> device.mountRoot().equals(folder)
                        || Inventory.bricksOn(rows, device.id()).stream()
                                .anyMatch(brick -> brick.mountPoint().equals(folder)));
        if (claimed) {
            throw new CannotRepair("the records have something there now");
        }
        Step inner = bricks.folder(node.host(), folder + "/brick").reversed();
        Step outer = bricks.folder(node.host(), folder).reversed();
        return plan.holds(Node.TABLE, node)
                .check(new StillAmiss(List.of(outer)))
                .check(new EmptyFolder(node.host(), mount, folder))
                .pivot()
                .stage("folder", Lane.of(inner, outer))
                .build();
    }

    private Plan unmounted(Rows rows, Finding finding, boolean withFiles, PlanBuilder plan) {
        Brick brick = brick(rows, finding);
        HostName host = node(rows, finding).host();
        boolean files = !finding.fact(Fact.FILES).orElse("0").equals("0");
        if (files && !withFiles) {
            throw new CannotRepair(
                    "files lie on the root disk in the brick's place: "
                            + finding.evidence().getLast()
                            + ". Copy them away first; with the flag for files the brick is mounted over them, and they stay below it");
        }
        Step mounted = bricks.mounted(rows, brick);
        PlanBuilder begun = hold(rows, brick, plan).check(new StillAmiss(List.of(mounted)));
        if (finding.kind() == FindingKind.ON_ROOT_DISK && !files) {
            Step folder = new Courtesy(bricks.folder(host, brick.path()).reversed());
            return begun.check(new EmptyFolder(host, mount, brick.mountPoint()))
                    .pivot()
                    .stage("root-disk", Lane.of(folder))
                    .stage("mount", Lane.of(mounted))
                    .stage("process", processes(rows, brick))
                    .build();
        }
        List<Step> steps = new ArrayList<>();
        if (finding.fact(Fact.FOLDER).isEmpty()) {
            steps.add(bricks.folder(host, brick.mountPoint()));
        }
        steps.add(mounted);
        // its process is a finding of its own: once that runs, the file system could not be unmounted again
        return begun.stage("mount", new Lane(steps)).build();
    }

    private Lane processes(Rows rows, Brick brick) {
        return rows.get(Volume.TABLE, brick.volume())
                .map(volume -> Lane.of(new Courtesy(volumes.startBrick(rows, volume, brick))))
                .orElse(new Lane(List.of()));
    }

    private static PlanBuilder hold(Rows rows, Brick brick, PlanBuilder plan) {
        rows.get(Volume.TABLE, brick.volume()).ifPresent(volume -> plan.holds(Volume.TABLE, volume));
        return plan.holds(Brick.TABLE, brick);
    }

    private static Brick brick(Rows rows, Finding finding) {
        return rows.get(Brick.TABLE, new BrickId(required(finding, Fact.BRICK)))
                .filter(brick -> !Operation.beingDeleted(rows, Brick.TABLE, brick.id()))
                .orElseThrow(() -> new CannotRepair("the brick is not in the records any more"));
    }

    private static Volume volume(Rows rows, Finding finding) {
        return finding.fact(Fact.VOLUME)
                .flatMap(id -> rows.get(Volume.TABLE, new VolumeId(id)))
                .orElseThrow(() -> new CannotRepair("no volume of the records belongs to it"));
    }

    private static Node node(Rows rows, Finding finding) {
        return finding.node()
                .flatMap(id -> rows.get(Node.TABLE, id))
                .orElseThrow(() -> new CannotRepair("the node is not in the records any more"));
    }

    private static String required(Finding finding, Fact fact) {
        return finding.fact(fact)
                .orElseThrow(() -> new CannotRepair("too little is known about it: compare again, then look at it"));
    }
}
