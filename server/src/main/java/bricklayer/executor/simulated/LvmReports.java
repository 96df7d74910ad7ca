package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Disk;
import bricklayer.executor.simulated.Facts.Group;
import bricklayer.executor.simulated.Facts.Lv;
import bricklayer.host.CommandResult.Exited;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** LVM's answers about what is there: pvs, vgs, lvs, as JSON. Sizes in KiB, or not at all. */
final class LvmReports {

    private static final Set<String> FLAGS = Set.of("--nosuffix", "-a", "-q", "-qq");
    private static final Set<String> VALUED = Set.of("--reportformat", "--units", "-o", "-S");

    private final Node node;
    private final Changes changes;

    LvmReports(Node node, Changes changes) {
        this.node = node;
        this.changes = changes;
    }

    Exited pvs(List<String> words) {
        Words parsed = Words.of(words, FLAGS, VALUED);
        if (parsed.rest().isEmpty()) {
            List<Row> rows = node.disks.all().entrySet().stream()
                    .filter(entry -> entry.getValue().isPhysicalVolume())
                    .map(entry -> pvRow(entry.getKey(), entry.getValue()))
                    .toList();
            return report("pv", parsed, rows);
        }
        String device = parsed.only();
        Optional<Disk> disk = node.disk(changes, device);
        if (disk.isEmpty()) {
            return nothing("pv", "  Cannot use " + device + ": device not found");
        }
        return disk.get().isPhysicalVolume()
                ? report("pv", parsed, List.of(pvRow(device, disk.get())))
                : nothing("pv", "  Failed to find physical volume \"" + device + "\".");
    }

    private Row pvRow(String device, Disk disk) {
        Optional<Group> group = node.groups.find(disk.group());
        return column -> switch (column) {
            case "pv_name" -> device;
            case "vg_name" -> disk.group();
            case "pv_fmt" -> "lvm2";
            case "pv_attr" -> group.isPresent() ? "a--" : "---";
            case "pv_uuid" -> disk.uuid();
            case "pv_size" ->
                kib(group.map(found -> found.extents() * found.extentKiB()).orElse(disk.sizeKiB()));
            case "pv_free" -> kib(group.map(found -> free(disk.group(), found)).orElse(disk.sizeKiB()));
            case "vg_uuid" -> group.map(Group::uuid).orElse("");
            case "vg_tags" -> group.map(found -> String.join(",", found.tags())).orElse("");
            case "vg_size", "vg_free", "vg_extent_size" ->
                group.map(found -> vgRow(disk.group(), found).column(column)).orElse(kib(0));
            default -> throw new NotSimulated("column " + column);
        };
    }

    Exited vgs(List<String> words) {
        Words parsed = Words.of(words, FLAGS, VALUED);
        return groupsNamed(parsed)
                .map(names -> report(
                        "vg",
                        parsed,
                        names.stream()
                                .map(name -> vgRow(name, node.groups.find(name).orElseThrow()))
                                .toList()))
                .orElseGet(() -> nothing("vg", VolumeGroups.missingText(parsed.only())));
    }

    private Row vgRow(String name, Group group) {
        return column -> switch (column) {
            case "vg_name" -> name;
            case "vg_uuid" -> group.uuid();
            case "vg_attr" -> "wz--n-";
            case "snap_count" -> "0";
            case "vg_size" -> kib(group.extents() * group.extentKiB());
            case "vg_free" -> kib(free(name, group));
            case "vg_extent_size" -> kib(group.extentKiB());
            case "vg_extent_count" -> String.valueOf(group.extents());
            case "vg_free_count" -> String.valueOf(LogicalVolumes.freeExtents(node, name, group));
            case "vg_tags" -> String.join(",", group.tags());
            case "pv_count" -> "1";
            case "lv_count" -> String.valueOf(LogicalVolumes.count(node, name));
            default -> throw new NotSimulated("column " + column);
        };
    }

    private long free(String name, Group group) {
        return LogicalVolumes.freeExtents(node, name, group) * group.extentKiB();
    }

    Exited lvs(List<String> words) {
        Words parsed = Words.of(words, FLAGS, VALUED);
        Optional<List<String>> groups = groupsNamed(parsed);
        if (groups.isEmpty()) {
            return nothing("lv", VolumeGroups.missingText(parsed.only()));
        }
        List<Row> rows = new ArrayList<>();
        Set<String> mounted =
                node.mounts.all().values().stream().map(Facts.Mount::fileSystem).collect(Collectors.toSet());
        for (String group : groups.get()) {
            node.lvs.startingWith(group + "/").forEach((key, lv) -> rows.add(lvRow(node, key, lv, mounted::contains)));
            long spare = LogicalVolumes.spare(node, group);
            if (parsed.has("-a") && spare > 0) {
                Row like = lvRow(node, group + "/lvol0_pmspare", new Lv("", spare, 0, 0, "0", "", List.of()));
                rows.add(column -> switch (column) {
                    case "lv_name" -> "[lvol0_pmspare]";
                    case "lv_attr" -> "ewi-------";
                    case "thin_count" -> "";
                    default -> like.column(column);
                });
            }
        }
        return report("lv", parsed, rows);
    }

    static Row lvRow(Node node, String key, Lv lv) {
        return lvRow(node, key, lv, node::isMounted);
    }

    private static Row lvRow(Node node, String key, Lv lv, Predicate<String> isMounted) {
        int slash = key.indexOf('/');
        String group = key.substring(0, slash);
        long extentKiB = node.groups.find(group).map(Group::extentKiB).orElse(0L);
        return column -> switch (column) {
            case "vg_name" -> group;
            case "lv_name" -> key.substring(slash + 1);
            case "lv_full_name" -> key;
            case "lv_uuid" -> VolumeGroups.lvmId(node.name() + key);
            case "lv_attr" -> lv.isPool() ? "twi-aotz--" : isMounted.test(key) ? "Vwi-aotz--" : "Vwi-a-tz--";
            case "lv_size" -> kib(lv.isPool() ? lv.extents() * extentKiB : lv.sizeKiB());
            case "lv_metadata_size" -> lv.isPool() ? kib(lv.metadataExtents() * extentKiB) : "";
            case "chunk_size" -> lv.isPool() && !lv.chunk().equals("0") ? kib(Words.kib(lv.chunk())) : "0";
            case "pool_lv" -> lv.pool();
            case "origin" -> lv.origin();
            case "move_pv", "mirror_log", "copy_percent", "convert_lv" -> "";
            case "data_percent" -> "0.00";
            case "metadata_percent" -> lv.isPool() ? "10.00" : "";
            case "lv_tags" -> String.join(",", lv.tags());
            case "thin_count" ->
                lv.isPool() ? String.valueOf(LogicalVolumes.inPool(node, key).size()) : "";
            default -> throw new NotSimulated("column " + column);
        };
    }

    /** Names of the groups asked for, all of them without one; empty when the one named is not there. */
    private Optional<List<String>> groupsNamed(Words parsed) {
        if (parsed.rest().isEmpty()) {
            return Optional.of(List.copyOf(node.groups.all().keySet()));
        }
        return node.groups.has(parsed.only()) ? Optional.of(List.of(parsed.only())) : Optional.empty();
    }

    private static String kib(long size) {
        return size + ".00";
    }

    private static Exited report(String kind, Words parsed, List<Row> rows) {
        if (!parsed.value("--reportformat").orElse("").equals("json")) {
            throw new NotSimulated("a report that is not JSON");
        }
        List<String> columns =
                List.of(parsed.value("-o").orElseGet(() -> defaultColumns(kind)).split(","));
        columns.stream().filter(LvmReports::isSize).findAny().ifPresent(column -> {
            if (!parsed.value("--units").orElse("").equals("k")) {
                throw new NotSimulated("column " + column + " in other units than k");
            }
        });
        String suffix = parsed.has("--nosuffix") ? "" : "k";
        Selection selection = parsed.value("-S").map(Selection::of).orElse(Selection.ALL);
        String body = rows.stream()
                .filter(selection::matches)
                .map(row -> columns.stream()
                        .map(column -> cell(column, row.column(column), suffix))
                        .collect(Collectors.joining(", ", "                      {", "}")))
                .collect(Collectors.joining(",\n"));
        return Answers.said(whole(kind, body));
    }

    private static String cell(String column, String value, String suffix) {
        return "\"" + column + "\":\"" + value + (isSize(column) && !value.isEmpty() ? suffix : "") + "\"";
    }

    /** What LVM shows when it is not told what. */
    private static String defaultColumns(String kind) {
        return switch (kind) {
            case "pv" -> "pv_name,vg_name,pv_fmt,pv_attr,pv_size,pv_free";
            case "vg" -> "vg_name,pv_count,lv_count,snap_count,vg_attr,vg_size,vg_free";
            default ->
                "lv_name,vg_name,lv_attr,lv_size,pool_lv,origin,data_percent,metadata_percent,move_pv,mirror_log,"
                        + "copy_percent,convert_lv";
        };
    }

    private static boolean isSize(String column) {
        return column.endsWith("size") || column.endsWith("free");
    }

    private static Exited nothing(String kind, String err) {
        return new Exited(VolumeGroups.REFUSED, whole(kind, ""), err + "\n");
    }

    private static String whole(String kind, String rows) {
        return "  {\n      \"report\": [\n          {\n              \"" + kind + "\": [\n" + rows
                + (rows.isEmpty() ? "" : "\n") + "              ]\n          }\n      ]\n  }\n";
    }
}
