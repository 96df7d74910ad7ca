package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Group;
import bricklayer.executor.simulated.Facts.Lv;
import bricklayer.host.CommandResult.Exited;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * LVM's commands about thin pools and the volumes in them: lvcreate, lvremove. A group with pools also has a hidden spare, as large as the metadata of its
 * largest pool; it goes with the last pool.
 */
final class LogicalVolumes {

    private final Node node;
    private final Changes changes;

    LogicalVolumes(Node node, Changes changes) {
        this.node = node;
        this.changes = changes;
    }

    /** Extents of the spare. */
    static long spare(Node node, String group) {
        return node.lvs.startingWith(group + "/").values().stream()
                .mapToLong(Lv::metadataExtents)
                .max()
                .orElse(0);
    }

    static long freeExtents(Node node, String name, Group group) {
        long used = node.lvs.startingWith(name + "/").values().stream()
                .mapToLong(lv -> lv.extents() + lv.metadataExtents())
                .sum();
        return group.extents() - used - spare(node, name);
    }

    /** As {@code lv_count} has it: without what is hidden. */
    static int count(Node node, String group) {
        return node.lvs.startingWith(group + "/").size();
    }

    Exited create(List<String> words) {
        return create(words, true);
    }

    /** What an lvcreate that dies half way leaves behind. */
    Exited createPoolOnly(List<String> words) {
        return create(words, false);
    }

    private Exited create(List<String> words, boolean wholly) {
        Words parsed = Words.of(
                words,
                Set.of("-q", "-qq", "--thin", "-T"),
                Set.of(
                        "--autobackup",
                        "--poolmetadatasize",
                        "--chunksize",
                        "--size",
                        "--virtualsize",
                        "--name",
                        "--addtag"));
        String[] pool = parsed.only().split("/", -1);
        if (pool.length != 2 || !parsed.has("--thin")) {
            throw new NotSimulated("an lvcreate that does not make a thin pool with a volume");
        }
        String group = pool[0];
        String name = parsed.required("--name");
        Optional<Group> found = node.groups.find(group);
        if (found.isEmpty()) {
            return VolumeGroups.missing(group);
        }
        String poolKey = parsed.only();
        String key = group + "/" + name;
        if (node.lvs.has(poolKey)) {
            return VolumeGroups.refused(
                    "  Logical volume " + pool[1] + " already exists in Volume group " + group + ".");
        }
        if (node.lvs.has(key) || poolKey.equals(key)) {
            return VolumeGroups.refused(
                    "  Logical Volume \"" + name + "\" already exists in volume group \"" + group + "\"");
        }
        long extentKiB = found.get().extentKiB();
        long data = extents(Words.kib(parsed.required("--size")), extentKiB);
        long metadata = extents(Words.kib(parsed.required("--poolmetadatasize")), extentKiB);
        long free = freeExtents(node, group, found.get());
        if (data > free) {
            return VolumeGroups.refused("  Volume group \"" + group + "\" has insufficient free space (" + free
                    + " extents): " + data + " required.");
        }
        long needed = data + metadata + Math.max(0, metadata - spare(node, group));
        if (needed > free) {
            return VolumeGroups.refused(
                    "  Insufficient free space: " + needed + " extents needed, but only " + free + " available");
        }
        String chunk = parsed.required("--chunksize");
        changes.put(node.lvs, poolKey, new Lv("", data, metadata, 0, chunk, "", parsed.values("--addtag")));
        if (wholly) {
            changes.put(
                    node.lvs,
                    key,
                    new Lv(pool[1], 0, 0, Words.kib(parsed.required("--virtualsize")), "0", "", List.of()));
        }
        return Answers.done();
    }

    private static long extents(long kib, long extentKiB) {
        return (kib + extentKiB - 1) / extentKiB;
    }

    Exited remove(List<String> words) {
        Words parsed = Words.of(words, Set.of("-q", "-qq", "-f", "-y"), Set.of("--autobackup", "-S"));
        if (!parsed.has("-f") && !parsed.has("-y")) {
            throw new NotSimulated("an lvremove that asks");
        }
        String what = parsed.only();
        String group = what.contains("/") ? what.substring(0, what.indexOf('/')) : what;
        if (!node.groups.has(group)) {
            return VolumeGroups.missing(group);
        }
        List<String> chosen = new ArrayList<>();
        if (what.contains("/")) {
            if (!node.lvs.has(what)) {
                return VolumeGroups.refused("  Failed to find logical volume \"" + what + "\"");
            }
            chosen.add(what);
        } else {
            Selection selection = Selection.of(parsed.required("-S"));
            node.lvs.startingWith(group + "/").forEach((key, lv) -> {
                if (selection.matches(LvmReports.lvRow(node, key, lv))) {
                    chosen.add(key);
                }
            });
        }
        for (String key : chosen) {
            Optional<Exited> refusal = remove(key);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return Answers.done();
    }

    /** A pool goes with all that is in it. */
    private Optional<Exited> remove(String key) {
        Optional<Lv> lv = node.lvs.find(key);
        if (lv.isEmpty()) {
            return Optional.empty(); // went with its pool
        }
        List<String> all = new ArrayList<>(lv.get().isPool() ? inPool(node, key) : List.of());
        all.add(key);
        for (String each : all) {
            if (node.isMounted(each)) {
                return Optional.of(VolumeGroups.refused("  Logical volume " + each + " contains a filesystem in use."));
            }
        }
        for (String each : all) {
            node.forgetDirectories(changes, each);
            changes.remove(node.lvs, each);
        }
        return Optional.empty();
    }

    /** The volumes in a pool. */
    static List<String> inPool(Node node, String poolKey) {
        int slash = poolKey.indexOf('/');
        String pool = poolKey.substring(slash + 1);
        return node.lvs.startingWith(poolKey.substring(0, slash + 1)).entrySet().stream()
                .filter(entry -> entry.getValue().pool().equals(pool))
                .map(Map.Entry::getKey)
                .toList();
    }
}
