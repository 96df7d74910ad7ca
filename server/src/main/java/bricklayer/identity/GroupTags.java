package bricklayer.identity;

import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.lvm.LvmTags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of a device, its node and its cluster as tags of the device's volume group, one tag a fact: {@code bricklayer.node.zone=3}. A cluster's and a node's facts are on each of their groups. What LVM says itself (sizes, the id of the
 * physical volume) is not written.
 *
 * @param cluster as the group tells it
 * @param node likewise
 * @param device without size and id of its physical volume
 */
public record GroupTags(Cluster cluster, Node node, Device device) {

    /** Begins every key of ours. */
    private static final String OURS = "bricklayer.";

    private static final String VERSION = "bricklayer.version";
    private static final String CLUSTER = "bricklayer.cluster";
    private static final String NODE = "bricklayer.node";
    private static final String DEVICE = "bricklayer.device";

    /** The longest tag that LVM takes holds as many characters of any kind, and a key. */
    private static final int PART_CODE_POINTS = 80;

    public static List<String> of(Cluster cluster, Node node, Device device) {
        Map<String, String> facts = new TreeMap<>();
        facts.put(VERSION, "1");
        facts.put(CLUSTER, cluster.id().value());
        facts.put(CLUSTER + ".file", String.valueOf(cluster.file()));
        facts.put(CLUSTER + ".block", String.valueOf(cluster.block()));
        facts.put(NODE, node.id().value());
        facts.put(NODE + ".zone", String.valueOf(node.zone()));
        facts.put(NODE + ".state", node.state().wire());
        putAll(facts, NODE + ".manage.", node.manageHosts());
        putAll(facts, NODE + ".storage.", node.storageHosts());
        node.tags().forEach((key, value) -> put(facts, NODE + ".tag." + key, value));
        facts.put(DEVICE, device.id().value());
        put(facts, DEVICE + ".name", device.name());
        facts.put(DEVICE + ".state", device.state().wire());
        putAll(facts, DEVICE + ".path.", device.paths());
        device.tags().forEach((key, value) -> put(facts, DEVICE + ".tag." + key, value));
        device.foreignKiB().ifPresent(kib -> facts.put(DEVICE + ".foreign", String.valueOf(kib)));
        List<String> tags = new ArrayList<>();
        facts.forEach((key, value) -> tags.add(LvmTags.tag(key, value)));
        return List.copyOf(tags);
    }

    /** Those of a group's tags that this program wrote, whatever they say. */
    public static List<String> ours(Collection<String> tags) {
        return tags.stream().filter(tag -> tag.startsWith(OURS)).toList();
    }

    /** Whether it is ours at all, though it may have been made before all facts were written. */
    public static boolean isOurs(Collection<String> tags) {
        return LvmTags.read(tags).containsKey(DEVICE);
    }

    /**
     * Empty for a group that is not ours.
     *
     * @param measured what LVM says of the group
     * @throws UnreadableIdentity when it is ours and its facts are not whole
     */
    public static Optional<GroupTags> read(Collection<String> tags, Measured measured) {
        Map<String, String> found = LvmTags.read(tags);
        if (!found.containsKey(DEVICE)) {
            return Optional.empty();
        }
        Facts facts = Facts.reading(found);
        if (!facts.text(VERSION).equals("1")) {
            throw new UnreadableIdentity(
                    found.containsKey(VERSION)
                            ? "its tags are of version " + facts.text(VERSION) + ", this program reads version 1"
                            : "its tags say whose it is and no more");
        }
        ClusterId cluster = new ClusterId(facts.required(CLUSTER));
        NodeId node = new NodeId(facts.required(NODE));
        Optional<Long> foreign =
                Optional.of(DEVICE + ".foreign").filter(found::containsKey).map(facts::number);
        List<String> manage = all(found, NODE + ".manage.");
        List<String> storage = all(found, NODE + ".storage.");
        if (manage.isEmpty() || storage.isEmpty()) {
            throw new UnreadableIdentity("it does not say the names of its node");
        }
        return Optional.of(new GroupTags(
                new Cluster(cluster, facts.flag(CLUSTER + ".file"), facts.flag(CLUSTER + ".block")),
                new Node(
                        node,
                        cluster,
                        facts.integer(NODE + ".zone"),
                        manage,
                        storage,
                        tags(found, NODE + ".tag."),
                        state(facts.required(NODE + ".state"))),
                new Device(
                        new DeviceId(facts.required(DEVICE)),
                        node,
                        text(found, DEVICE + ".name"),
                        tags(found, DEVICE + ".tag."),
                        state(facts.required(DEVICE + ".state")),
                        measured.totalKiB(),
                        measured.extentKiB(),
                        measured.pvUuid(),
                        all(found, DEVICE + ".path."),
                        foreign)));
    }

    /** What LVM says of a volume group. */
    public record Measured(long totalKiB, long extentKiB, String pvUuid) {}

    private static State state(String word) {
        try {
            return State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UnreadableIdentity("there is no state " + word);
        }
    }

    private static void putAll(Map<String, String> facts, String prefix, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            put(facts, prefix + i, values.get(i));
        }
    }

    /** A long value goes on under the key with {@code +1}, {@code +2} added; no key ends like that itself. */
    private static void put(Map<String, String> facts, String key, String value) {
        // half characters, which no tag can hold, become question marks
        int[] points = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .codePoints()
                .toArray();
        facts.put(key, new String(points, 0, Math.min(points.length, PART_CODE_POINTS)));
        for (int part = 1; part * PART_CODE_POINTS < points.length; part++) {
            int from = part * PART_CODE_POINTS;
            facts.put(key + "+" + part, new String(points, from, Math.min(points.length - from, PART_CODE_POINTS)));
        }
    }

    private static String text(Map<String, String> found, String key) {
        StringBuilder text = new StringBuilder(found.getOrDefault(key, ""));
        for (int part = 1; found.containsKey(key + "+" + part); part++) {
            text.append(found.get(key + "+" + part));
        }
        return text.toString();
    }

    private static List<String> all(Map<String, String> found, String prefix) {
        List<String> values = new ArrayList<>();
        for (int i = 0; found.containsKey(prefix + i); i++) {
            values.add(text(found, prefix + i));
        }
        return values;
    }

    private static Map<String, String> tags(Map<String, String> found, String prefix) {
        Map<String, String> tags = new TreeMap<>();
        for (String key : found.keySet()) {
            if (key.startsWith(prefix) && key.indexOf('+') < 0) {
                tags.put(key.substring(prefix.length()), text(found, key));
            }
        }
        return tags;
    }
}
