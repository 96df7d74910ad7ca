package bricklayer.reconcile;

import bricklayer.gluster.ClusterSeen;
import bricklayer.gluster.SnapshotSeen;
import bricklayer.host.Told;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.Volume;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.GroupsSeen;
import bricklayer.lvm.LvSeen;
import bricklayer.lvm.PvSeen;
import bricklayer.lvm.VgSeen;
import bricklayer.mount.FstabEntry;
import bricklayer.mount.MountsSeen;
import bricklayer.mount.MountsSeen.Folder;
import bricklayer.mount.MountsSeen.Mounted;
import bricklayer.mount.MountsSeen.Stray;
import bricklayer.reconcile.Finding.Fact;
import bricklayer.stamp.Difference;
import bricklayer.survey.NodeSurvey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What one node holds: volume groups, pools, logical volumes, mounts, fstab, folders. */
final class NodeComparison {

    private static final Pattern OUR_GROUP = Pattern.compile("vg_[0-9a-f]{32}");

    private final Expected expected;
    private final Collected found;
    private final NodeId node;
    private final NodeSurvey survey;
    private final Set<String> snapshotVolumes;
    private final boolean snapshotsKnown;
    private final boolean glusterKnown;
    /** {@code node:path} of all bricks that gluster shows. */
    private final NavigableSet<String> glusterBricks;

    private final Map<String, Device> deviceByGroup = new HashMap<>();
    private final List<Brick> bricks = new ArrayList<>();
    private final Map<String, Brick> brickByLv = new HashMap<>();
    private final Map<String, Brick> brickByMountPoint = new HashMap<>();
    /** By {@code group/name}; empty while unknown. */
    private final Map<String, LvSeen> lvs = new TreeMap<>();

    private final Set<String> brickDevices = new HashSet<>();
    private final Set<String> orphanDevices = new HashSet<>();
    private final Set<String> orphanFolders = new HashSet<>();

    NodeComparison(
            Expected expected,
            Collected found,
            NodeSurvey survey,
            Optional<ClusterSeen> gluster,
            NavigableSet<String> glusterBricks) {
        this.expected = expected;
        this.found = found;
        this.node = survey.node();
        this.survey = survey;
        this.snapshotVolumes = gluster.map(seen -> seen.snapshots().or(List.of())).orElse(List.of()).stream()
                .map(SnapshotSeen::volume)
                .collect(Collectors.toSet());
        this.snapshotsKnown = gluster.filter(seen -> seen.snapshots().isKnown()).isPresent();
        this.glusterKnown = gluster.isPresent();
        this.glusterBricks = glusterBricks;
        for (Device device : expected.devices(node)) {
            deviceByGroup.put(device.volumeGroup(), device);
            for (Brick brick : expected.bricks(device)) {
                bricks.add(brick);
                brickByLv.put(device.volumeGroup() + "/" + brick.lv(), brick);
                brickByMountPoint.put(brick.mountPoint(), brick);
                brickDevices.add(deviceOf(brick));
            }
        }
    }

    void compare() {
        if (survey.groups() instanceof Told.Known<GroupsSeen>(GroupsSeen seen)) {
            groups(seen);
        }
        Optional<MountsSeen> mounts = survey.mounts().map(Optional::of).or(Optional.empty());
        if (survey.volumes() instanceof Told.Known<List<LvSeen>>(List<LvSeen> seen)) {
            volumes(seen, mounts);
        }
        mounts.ifPresent(this::mounts);
    }

    private void groups(GroupsSeen seen) {
        Map<String, VgSeen> groups = new HashMap<>();
        seen.groups().forEach(group -> groups.put(group.name(), group));
        for (Device device : expected.devices(node)) {
            Map<Fact, String> facts = Map.of(Fact.DEVICE, device.id().value());
            VgSeen group = groups.get(device.volumeGroup());
            if (group == null) {
                found.add(
                        FindingKind.GROUP_MISSING,
                        node,
                        device.volumeGroup(),
                        facts,
                        "recorded: device " + device.id() + ", " + device.name(),
                        "pvs shows no such group");
                continue;
            }
            List<PvSeen> parts = seen.physicalVolumes().stream()
                    .filter(physical -> physical.group().equals(group.name()))
                    .toList();
            boolean ours = device.pvUuid().isEmpty()
                    || parts.stream().anyMatch(physical -> physical.uuid().equals(device.pvUuid()));
            if (!ours || parts.stream().anyMatch(PvSeen::missing)) {
                found.add(
                        FindingKind.DISK_DIFFERS,
                        node,
                        device.volumeGroup(),
                        facts,
                        "recorded: physical volume " + device.pvUuid(),
                        "pvs: " + parts);
            }
            identity(device, group);
            if (device.totalKiB() != 0
                    && (group.sizeKiB() != device.totalKiB() || group.extentKiB() != device.extentKiB())) {
                found.add(
                        FindingKind.SIZE_DIFFERS,
                        node,
                        device.volumeGroup(),
                        facts,
                        "recorded: " + device.totalKiB() + " KiB in extents of " + device.extentKiB() + " KiB",
                        "pvs: " + group.sizeKiB() + " KiB in extents of " + group.extentKiB() + " KiB");
            }
        }
        for (VgSeen group : seen.groups()) {
            if (OUR_GROUP.matcher(group.name()).matches() && !deviceByGroup.containsKey(group.name())) {
                found.add(
                        FindingKind.GROUP_ORPHAN,
                        node,
                        group.name(),
                        Map.of(Fact.GROUP, group.name()),
                        "pvs: " + group.sizeKiB() + " KiB, tags " + group.tags(),
                        "no device of the records");
            }
        }
    }

    private void identity(Device device, VgSeen group) {
        Node owner = expected.rows().get(Node.TABLE, device.node()).orElseThrow();
        if (expected.untold().isDue(owner, device)) {
            return;
        }
        Cluster cluster = expected.rows().get(Cluster.TABLE, owner.cluster()).orElseThrow();
        Difference.ofGroup(cluster, owner, device, group.tags())
                .ifPresent(wrong -> found.add(
                        FindingKind.GROUP_IDENTITY_DIFFERS,
                        node,
                        device.volumeGroup(),
                        Map.of(Fact.DEVICE, device.id().value(), Fact.TAGS, String.join(" ", wrong.stale())),
                        "recorded: " + Difference.text(wrong.missing(), "nothing more"),
                        "pvs: " + Difference.text(wrong.stale(), "nothing of it")));
    }

    private void volumes(List<LvSeen> seen, Optional<MountsSeen> mounts) {
        seen.forEach(lv -> lvs.put(lv.path(), lv));
        Set<String> pools = new HashSet<>();
        for (Brick brick : bricks) {
            String group = groupOf(brick);
            pools.add(group + "/" + brick.pool());
            if (!isReadOnly(brick)) {
                volume(brick, group);
            }
        }
        Set<String> poolsInUse = new HashSet<>();
        seen.forEach(lv -> poolsInUse.add(lv.group() + "/" + lv.pool()));
        for (LvSeen lv : seen) {
            boolean ours = deviceByGroup.containsKey(lv.group());
            if (!ours || lv.isThinPool() || brickByLv.containsKey(lv.path()) || isOfSnapshot(lv)) {
                continue;
            }
            orphan(lv, mounts);
        }
        for (LvSeen pool : seen) {
            if (deviceByGroup.containsKey(pool.group())
                    && pool.isThinPool()
                    && !pools.contains(pool.path())
                    && !poolsInUse.contains(pool.path())) {
                found.add(
                        FindingKind.POOL_ORPHAN,
                        node,
                        pool.path(),
                        Map.of(Fact.GROUP, pool.group(), Fact.POOL, pool.name(), Fact.LV_UUID, pool.uuid()),
                        "lvs: " + pool.sizeKiB() + " KiB, tags " + pool.tags(),
                        "no brick of the records");
            }
        }
    }

    /** Named after the volume in the snapshot. While nobody knows the snapshots, any copy may be one's. */
    private boolean isOfSnapshot(LvSeen lv) {
        int end = lv.name().lastIndexOf('_');
        return snapshotsKnown
                ? end > 0 && snapshotVolumes.contains(lv.name().substring(0, end))
                : !lv.origin().isEmpty();
    }

    private void volume(Brick brick, String group) {
        String path = group + "/" + brick.lv();
        LvSeen lv = lvs.get(path);
        if (lv == null) {
            found.add(
                    FindingKind.LV_MISSING,
                    node,
                    path,
                    facts(brick),
                    "recorded: brick " + brick.id() + " of volume " + brick.volume(),
                    "lvs shows no such logical volume");
            return;
        }
        if (!lv.pool().equals(brick.pool())) {
            found.add(
                    FindingKind.LV_IN_OTHER_POOL,
                    node,
                    path,
                    facts(brick),
                    "recorded: pool " + brick.pool(),
                    "lvs: pool " + lv.pool());
        }
        if (!lv.isActive()) {
            found.add(FindingKind.LV_INACTIVE, node, path, facts(brick), "lvs: attributes " + lv.attr());
        }
        if (lv.sizeKiB() != brick.sizeKiB()) {
            found.add(
                    FindingKind.LV_SIZE_DIFFERS,
                    node,
                    path,
                    with(facts(brick), Fact.FILES, String.valueOf(lv.sizeKiB())),
                    "recorded: " + brick.sizeKiB() + " KiB",
                    "lvs: " + lv.sizeKiB() + " KiB");
        }
        LvSeen pool = lvs.get(group + "/" + brick.pool());
        if (brick.poolKiB() == 0) {
            return;
        }
        if (pool == null) {
            found.add(
                    FindingKind.POOL_MISSING,
                    node,
                    group + "/" + brick.pool(),
                    facts(brick),
                    "recorded: pool of brick " + brick.id(),
                    "lvs shows no such pool");
        } else if (pool.sizeKiB() != brick.poolKiB() || pool.metadataKiB() != brick.metadataKiB()) {
            found.add(
                    FindingKind.POOL_SIZE_DIFFERS,
                    node,
                    pool.path(),
                    with(facts(brick), Fact.FILES, pool.sizeKiB() + " " + pool.metadataKiB()),
                    "recorded: " + brick.poolKiB() + " KiB and " + brick.metadataKiB() + " KiB of metadata",
                    "lvs: " + pool.sizeKiB() + " KiB and " + pool.metadataKiB() + " KiB of metadata");
        }
    }

    private void orphan(LvSeen lv, Optional<MountsSeen> mounts) {
        String device = DeviceMapper.path(lv.group(), lv.name());
        orphanDevices.add(device);
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        facts.put(Fact.GROUP, lv.group());
        facts.put(Fact.LV, lv.name());
        facts.put(Fact.LV_UUID, lv.uuid());
        facts.put(Fact.POOL, lv.pool());
        List<String> evidence = new ArrayList<>(List.of(
                "lvs: " + lv.sizeKiB() + " KiB in pool " + lv.pool()
                        + (lv.dataPercent().isEmpty() ? "" : ", " + lv.dataPercent() + " % used")
                        + (lv.tags().isEmpty() ? "" : ", tags " + lv.tags()),
                "no brick of the records"));
        mounts.ifPresent(seen -> {
            seen.mounts().stream()
                    .filter(mount -> mount.device().equals(device))
                    .findFirst()
                    .ifPresent(mount -> {
                        facts.put(Fact.MOUNT_POINT, mount.path());
                        evidence.add("mounted at " + mount.path());
                    });
            seen.fstab().stream()
                    .filter(entry -> plain(entry.device()).equals(device))
                    .findFirst()
                    .ifPresent(entry -> {
                        facts.put(Fact.FSTAB_DEVICE, entry.device());
                        facts.putIfAbsent(Fact.FOLDER, entry.mountPoint());
                        evidence.add("fstab: " + entry.device() + " " + entry.mountPoint());
                    });
            String usual = Device.MOUNT_ROOT + "/" + lv.group() + "/" + lv.name();
            if (facts.containsKey(Fact.MOUNT_POINT)) {
                facts.put(Fact.FOLDER, facts.get(Fact.MOUNT_POINT));
            } else if (seen.folders().stream().anyMatch(folder -> folder.path().equals(usual))) {
                facts.put(Fact.FOLDER, usual);
            }
        });
        Optional.ofNullable(facts.get(Fact.FOLDER)).ifPresent(orphanFolders::add);
        String point = facts.getOrDefault(Fact.MOUNT_POINT, "");
        if (!brickByMountPoint.containsKey(point) && isServed(point)) {
            return; // a brick of a volume that no record names: that volume is the finding
        }
        if (!glusterKnown) {
            facts.remove(Fact.LV_UUID);
            evidence.add("gluster could not be asked whether it is a brick");
        }
        // whatever is a brick's is not taken away with the orphan
        if (brickByMountPoint.containsKey(facts.getOrDefault(Fact.FOLDER, ""))) {
            facts.remove(Fact.FOLDER);
        }
        found.add(FindingKind.LV_ORPHAN, node, lv.path(), facts, evidence.toArray(String[]::new));
    }

    private boolean isReadOnly(Brick brick) {
        return expected.volume(brick.volume()).filter(Volume::isReadOnly).isPresent();
    }

    private boolean isServed(String mountPoint) {
        String path = node.value() + ":" + mountPoint + "/";
        return !mountPoint.isEmpty()
                && Optional.ofNullable(glusterBricks.ceiling(path))
                        .filter(brick -> brick.startsWith(path))
                        .isPresent();
    }

    private void mounts(MountsSeen seen) {
        Map<String, Mounted> byPath = new HashMap<>();
        seen.mounts().forEach(mount -> byPath.put(mount.path(), mount));
        Map<String, Folder> folders = new HashMap<>();
        seen.folders().forEach(folder -> folders.put(folder.path(), folder));
        Map<String, List<FstabEntry>> fstab = new HashMap<>();
        seen.fstab()
                .forEach(entry -> fstab.computeIfAbsent(plain(entry.device()), key -> new ArrayList<>())
                        .add(entry));
        Map<String, List<Stray>> strays = new HashMap<>();
        seen.strays()
                .forEach(stray -> strays.computeIfAbsent(mountPointOf(stray.path()), key -> new ArrayList<>())
                        .add(stray));
        for (Brick brick : bricks) {
            boolean gone = survey.volumes().isKnown() && !lvs.containsKey(groupOf(brick) + "/" + brick.lv());
            if (gone || isReadOnly(brick)) {
                continue; // one finding is enough; what is not managed may lie as it pleases
            }
            mount(brick, byPath, folders, strays.getOrDefault(brick.mountPoint(), List.of()));
            if (!brick.isMountedByGluster()) {
                fstab(brick, fstab.getOrDefault(deviceOf(brick), List.of()));
            }
        }
        fstabOrphans(seen.fstab());
        mountOrphans(seen.mounts());
        folderOrphans(seen, strays);
        for (String trouble : seen.troubles()) {
            found.add(FindingKind.UNREADABLE, node, trouble, Map.of(), trouble);
        }
    }

    private void mount(Brick brick, Map<String, Mounted> byPath, Map<String, Folder> folders, List<Stray> strays) {
        Mounted mount = byPath.get(brick.mountPoint());
        String point = brick.mountPoint();
        if (mount == null) {
            Map<Fact, String> facts = with(facts(brick), Fact.MOUNT_POINT, point);
            boolean folderThere = brick.isMountedByGluster() || folders.containsKey(point);
            if (folderThere) {
                facts = with(facts, Fact.FOLDER, point);
            }
            if (folders.containsKey(brick.path()) || !strays.isEmpty()) {
                found.add(
                        FindingKind.ON_ROOT_DISK,
                        node,
                        brick.path(),
                        with(facts, Fact.FILES, String.valueOf(strays.size())),
                        "recorded: file system " + deviceOf(brick) + " at " + point,
                        "nothing is mounted there, but there is a folder " + brick.path(),
                        files(strays));
            } else {
                found.add(
                        FindingKind.UNMOUNTED,
                        node,
                        point,
                        facts,
                        "recorded: file system " + deviceOf(brick),
                        "nothing is mounted at " + point);
            }
            return;
        }
        if (!plain(mount.device()).equals(deviceOf(brick))) {
            found.add(
                    FindingKind.OTHER_DEVICE_MOUNTED,
                    node,
                    point,
                    with(with(facts(brick), Fact.MOUNT_POINT, point), Fact.FSTAB_DEVICE, mount.device()),
                    "recorded: " + deviceOf(brick),
                    "mounted: " + mount.device());
            return;
        }
        if (Arrays.asList(mount.options().split(",", -1)).contains("ro")) {
            found.add(FindingKind.READ_ONLY, node, point, facts(brick), "mounted with " + mount.options());
        }
        Folder folder = folders.get(brick.path());
        if (brick.isMountedByGluster()) {
            return; // lies outside the folders that are looked at
        }
        if (folder == null || !folder.directory()) {
            found.add(
                    FindingKind.BRICK_FOLDER_MISSING,
                    node,
                    brick.path(),
                    facts(brick),
                    mount.device() + " is mounted at " + point,
                    "there is no folder " + brick.path());
            return;
        }
        long gid = expected.volume(brick.volume()).map(Volume::gid).orElse(0L);
        if (gid != 0 && folder.group() != gid) {
            found.add(
                    FindingKind.GID_DIFFERS,
                    node,
                    brick.path(),
                    facts(brick),
                    "recorded: group " + gid,
                    "seen: group " + folder.group() + ", mode " + folder.mode());
        }
    }

    private static String files(List<Stray> strays) {
        if (strays.isEmpty()) {
            return "it holds nothing";
        }
        long bytes = strays.stream().mapToLong(Stray::bytes).sum();
        Stray newest = strays.stream()
                .max(java.util.Comparator.comparing(Stray::changed))
                .orElseThrow();
        return "it holds " + strays.size() + (strays.size() >= bricklayer.mount.Mounts.STRAYS_MAX ? " or more" : "")
                + " files and folders with " + bytes + " bytes, last changed " + newest.changed() + ": "
                + newest.path();
    }

    private void fstab(Brick brick, List<FstabEntry> entries) {
        String device = deviceOf(brick);
        if (entries.isEmpty()) {
            found.add(
                    FindingKind.FSTAB_MISSING,
                    node,
                    device,
                    facts(brick),
                    "recorded: " + device + " at " + brick.mountPoint(),
                    "no line of fstab is for it");
        } else if (entries.size() > 1
                || !entries.getFirst().mountPoint().equals(brick.mountPoint())
                || !entries.getFirst().type().equals("xfs")) {
            found.add(
                    FindingKind.FSTAB_WRONG,
                    node,
                    device,
                    with(facts(brick), Fact.FSTAB_DEVICE, entries.getFirst().device()),
                    "recorded: " + device + " at " + brick.mountPoint(),
                    "fstab: " + entries);
        }
    }

    private void fstabOrphans(List<FstabEntry> entries) {
        Set<String> devices = new HashSet<>();
        for (FstabEntry entry : entries) {
            String device = plain(entry.device());
            boolean ofOurs = entry.mountPoint().startsWith(Device.MOUNT_ROOT + "/")
                    || deviceByGroup.keySet().stream()
                            .anyMatch(group ->
                                    DeviceMapper.volumeOf(group, device).isPresent());
            boolean claimed = brickDevices.contains(device) || orphanDevices.contains(device);
            if (ofOurs && !claimed && !isServed(entry.mountPoint()) && devices.add(device)) {
                found.add(
                        FindingKind.FSTAB_ORPHAN,
                        node,
                        entry.device(),
                        Map.of(Fact.FSTAB_DEVICE, entry.device()),
                        "fstab: " + entry.device() + " " + entry.mountPoint() + " " + entry.type(),
                        "no brick of the records");
            }
        }
    }

    private void mountOrphans(List<Mounted> mounts) {
        for (Mounted mount : mounts) {
            boolean below = mount.path().startsWith(Device.MOUNT_ROOT + "/");
            if (below
                    && !isServed(mount.path())
                    && !brickByMountPoint.containsKey(mount.path())
                    && !orphanDevices.contains(plain(mount.device()))) {
                orphanFolders.add(mount.path());
                found.add(
                        FindingKind.MOUNT_ORPHAN,
                        node,
                        mount.path(),
                        Map.of(Fact.MOUNT_POINT, mount.path()),
                        mount.device() + " is mounted at " + mount.path(),
                        "no brick of the records");
            }
        }
    }

    private void folderOrphans(MountsSeen seen, Map<String, List<Stray>> strays) {
        for (Folder folder : seen.folders()) {
            String[] parts =
                    folder.path().substring(Device.MOUNT_ROOT.length() + 1).split("/", -1);
            boolean known = parts.length == 1
                    ? deviceByGroup.containsKey(parts[0])
                    : parts.length > 2
                            || brickByMountPoint.containsKey(folder.path())
                            || isServed(folder.path())
                            || orphanFolders.contains(folder.path());
            if (!known) {
                List<Stray> files = strays.getOrDefault(folder.path(), List.of());
                found.add(
                        FindingKind.FOLDER_ORPHAN,
                        node,
                        folder.path(),
                        Map.of(Fact.FOLDER, folder.path(), Fact.FILES, String.valueOf(files.size())),
                        (folder.directory() ? "a folder" : "a file") + ", mode " + folder.mode(),
                        files(files),
                        "no brick of the records");
            }
        }
    }

    /** The first three parts below the root. */
    private static String mountPointOf(String path) {
        String[] parts = path.substring(Device.MOUNT_ROOT.length() + 1).split("/", 3);
        return parts.length < 2 ? path : Device.MOUNT_ROOT + "/" + parts[0] + "/" + parts[1];
    }

    private String groupOf(Brick brick) {
        return "vg_" + brick.device().value();
    }

    private String deviceOf(Brick brick) {
        return DeviceMapper.path(groupOf(brick), brick.lv());
    }

    /** {@code /dev/group/volume} is another name of what the kernel calls {@code /dev/mapper/group-volume}. */
    private static String plain(String device) {
        String[] parts = device.split("/", -1);
        return parts.length == 4 && parts[1].equals("dev") && !parts[2].equals("mapper") && !parts[2].equals("disk")
                ? DeviceMapper.path(parts[2], parts[3])
                : device;
    }

    private static Map<Fact, String> facts(Brick brick) {
        return Map.of(
                Fact.BRICK, brick.id().value(), Fact.VOLUME, brick.volume().value(), Fact.LV, brick.lv());
    }

    private static Map<Fact, String> with(Map<Fact, String> facts, Fact key, String value) {
        Map<Fact, String> more = new EnumMap<>(facts);
        more.put(key, value);
        return more;
    }
}
