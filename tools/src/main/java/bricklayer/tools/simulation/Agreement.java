package bricklayer.tools.simulation;

import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.Operation;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Rows;
import bricklayer.store.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether records and nodes agree, when nothing is going on: looked at from outside, without the product's own way of looking. */
record Agreement(Rows rows, SimulatedNodes nodes) {

    /** @throws Violation with the first difference */
    void mustBe() {
        if (!Operation.open(rows).isEmpty()) {
            throw new Violation("every operation ends", "still open: " + Operation.open(rows));
        }
        String seen = String.join("", nodes.pictures().values());
        mustEqual("logical volumes", logicalVolumes(), words(seen, "lv", 1));
        mustEqual("mounts", all(Brick.TABLE).map(Brick::mountPoint), words(seen, "mount", 1));
        mustEqual(
                "fstab lines",
                all(Brick.TABLE).filter(brick -> !brick.isMountedByGluster()).map(Brick::mountPoint),
                words(seen, "fstab", 2));
        mustEqual("volume groups", all(Device.TABLE).map(Device::volumeGroup), words(seen, "group", 1));
        mustEqual("gluster volumes", all(Volume.TABLE).map(Volume::name), words(seen, "gluster-volume", 1));
        mustEqual(
                "bricks of gluster volumes",
                all(Brick.TABLE).map(brick -> storageHost(brick) + ":" + brick.path()),
                seen.lines()
                        .filter(line -> line.startsWith("gluster-volume "))
                        .flatMap(line -> Stream.of(line.split("[\\[\\], ]+")))
                        .filter(word -> word.contains(":/")));
        mustEqual(
                "block volumes",
                all(BlockVolume.TABLE).map(this::seenAs),
                seen.lines().filter(line -> line.startsWith("block ")));
        mustEqual(
                "folders of clones",
                all(Brick.TABLE)
                        .filter(Brick::isMountedByGluster)
                        .map(Brick::mountPoint)
                        .flatMap(path -> Stream.of(path, path.substring(0, path.lastIndexOf('/')))),
                words(seen, "directory", 1)
                        .filter(key -> key.startsWith(":/run/"))
                        .map(key -> key.substring(1)));
        mustEqual(
                "pools whose space one brick answers for",
                all(Brick.TABLE).map(brick -> Brick.poolOn(brick.device(), brick.pool())),
                all(Brick.TABLE)
                        .filter(brick -> brick.poolKiB() > 0)
                        .map(brick -> Brick.poolOn(brick.device(), brick.pool())));
        mustNotBe("a snapshot is left", seen, line -> line.startsWith("gluster-volume ") && !line.endsWith(" []"));
        mustNotBe(
                "a volume is not started",
                seen,
                line -> line.startsWith("gluster-volume ") && !line.contains(" Started "));
        all(Device.TABLE).filter(device -> device.totalKiB() <= 0).findFirst().ifPresent(device -> {
            throw new Violation("records and nodes agree", "a device without a size: " + device);
        });
    }

    private String storageHost(Brick brick) {
        return rows.get(Node.TABLE, brick.node()).orElseThrow().storageHost();
    }

    private Stream<String> logicalVolumes() {
        return all(Brick.TABLE).flatMap(brick -> {
            String group = rows.get(Device.TABLE, brick.device()).orElseThrow().volumeGroup();
            return Stream.of(group + "/" + brick.pool(), group + "/" + brick.lv());
        });
    }

    private String seenAs(BlockVolume block) {
        Volume hosting = rows.get(Volume.TABLE, block.hostingVolume()).orElseThrow();
        return "block " + hosting.name() + "/" + block.name() + " " + block.sizeGiB() + "GiB "
                + (block.auth() ? "auth" : "open") + " "
                + block.hosts().stream()
                        .map(host -> "BlockTarget[host=" + host + ", sizeGiB=" + block.usableGiB() + ", exported=true]")
                        .toList();
    }

    private <K extends Key, V extends Row<K>> Stream<V> all(Table<K, V> table) {
        return StreamSupport.stream(rows.all(table).spliterator(), false);
    }

    private static Stream<String> words(String picture, String kind, int word) {
        return picture.lines()
                .map(line -> List.of(line.split(" ", -1)))
                .filter(words -> words.getFirst().equals(kind))
                .map(words -> words.get(word));
    }

    private static void mustEqual(String what, Stream<String> recorded, Stream<String> seen) {
        Set<String> records = recorded.collect(sorted());
        Set<String> nodes = seen.collect(sorted());
        if (!records.equals(nodes)) {
            Set<String> onlyRecords = new TreeSet<>(records);
            onlyRecords.removeAll(nodes);
            Set<String> onlyNodes = new TreeSet<>(nodes);
            onlyNodes.removeAll(records);
            throw new Violation(
                    "records and nodes agree",
                    what + ": only in the records " + onlyRecords + ", only on the nodes " + onlyNodes);
        }
    }

    private static void mustNotBe(String what, String seen, java.util.function.Predicate<String> line) {
        seen.lines().filter(line).findFirst().ifPresent(found -> {
            throw new Violation("records and nodes agree", what + ": " + found);
        });
    }

    private static Collector<String, ?, Set<String>> sorted() {
        return Collectors.toCollection(TreeSet::new);
    }
}
