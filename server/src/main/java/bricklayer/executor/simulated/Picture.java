package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Brick;
import java.util.List;
import java.util.stream.Collectors;

/** A node as sorted lines of text. */
final class Picture {

    /** Made by the first device of a node and left behind on purpose. */
    private static final List<String> COMMON_PARENTS = List.of("/var/lib/heketi", "/var/lib/heketi/mounts");

    private Picture() {}

    static String of(Node node, Pools pools) {
        StringBuilder text = new StringBuilder();
        var state = node.state();
        line(text, "node", node.name(), state.storage(), state.up() ? "up" : "down");
        node.disks.all().forEach((device, disk) -> {
            // a disk that was only looked at is as it was before
            if (disk.isPhysicalVolume() || !disk.signature().isEmpty()) {
                line(text, "disk", device, disk.uuid(), disk.group(), disk.signature());
            }
        });
        node.groups
                .all()
                .forEach((name, group) -> line(
                        text,
                        "group",
                        name,
                        group.device(),
                        LogicalVolumes.freeExtents(node, name, group) + " of " + group.extents() + " extents free",
                        group.tags()));
        node.lvs.all().forEach((key, lv) -> line(text, "lv", key, lv));
        node.fstab.all().values().stream()
                .map(Facts.FstabLine::text)
                .sorted()
                .forEach(entry -> line(text, "fstab", entry));
        node.mounts.all().forEach((path, mount) -> line(text, "mount", path, mount.device(), mount.options()));
        node.directories.all().forEach((key, directory) -> {
            String path = key.substring(key.indexOf(':') + 1);
            boolean onRoot = key.startsWith(Node.ROOT + ":");
            boolean ours = path.startsWith("/var/lib/heketi/") || path.startsWith("/run/gluster/snaps/");
            if (!onRoot || (ours && !COMMON_PARENTS.contains(path))) {
                String used = directory.volume().isEmpty() ? "" : "brick";
                line(text, "directory", key, directory.gid(), directory.mode(), used);
            }
        });
        pools.others(node).stream()
                .map(other -> other.state().storage())
                .sorted()
                .forEach(peer -> line(text, "peer", peer));
        pools.of(node).forEach((key, volume) -> {
            String name = key.substring(key.indexOf('/') + 1);
            line(
                    text,
                    "gluster-volume",
                    name,
                    volume.status().text(),
                    volume.layout(),
                    volume.bricks().stream().map(Brick::name).collect(Collectors.toList()),
                    volume.options(),
                    volume.snapshots());
            if (!volume.dead().isEmpty()) {
                line(text, "dead-bricks", name, volume.dead());
            }
        });
        pools.blocks
                .startingWith(node.state().pool() + "/")
                .forEach((key, block) -> line(text, "block", key.substring(key.indexOf('/') + 1), block));
        return text.toString();
    }

    private static void line(StringBuilder text, Object... words) {
        for (Object word : words) {
            text.append(word).append(' ');
        }
        text.setLength(text.length() - 1);
        text.append('\n');
    }
}
