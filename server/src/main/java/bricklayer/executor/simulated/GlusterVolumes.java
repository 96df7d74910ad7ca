package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Brick;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Layout;
import bricklayer.executor.simulated.Facts.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Volumes: create, add-brick, replace-brick, heal, set, start, stop, delete, rebalance, info, list. */
final class GlusterVolumes {

    private static final int NO_SUCH_VOLUME = 30806;

    private final Node node;
    private final Pools pools;
    private final Changes changes;
    private final GlusterBricks bricks;

    GlusterVolumes(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.pools = pools;
        this.changes = changes;
        this.bricks = new GlusterBricks(node, pools, changes);
    }

    GlusterReply create(List<String> words) {
        String name = words.isEmpty() ? "" : words.getFirst();
        String command = "volume create: " + name;
        int replica = 1;
        int arbiter = 0;
        int data = 0;
        int redundancy = 0;
        int at = 1;
        for (; at + 1 < words.size() && !words.get(at).contains(":"); at += 2) {
            int count = count(words.get(at + 1));
            switch (words.get(at)) {
                case "replica" -> replica = count;
                case "arbiter" -> arbiter = count;
                case "disperse-data" -> data = count;
                case "redundancy" -> redundancy = count;
                default -> throw new NotSimulated("word " + words.get(at));
            }
        }
        List<Brick> wanted = bricks.parse(words.subList(at, words.size()));
        Layout layout = new Layout(replica, arbiter, data + redundancy, redundancy);
        if (layout.setSize() < 1) {
            throw new NotSimulated("sets of no bricks");
        }
        if (wanted.isEmpty() || wanted.size() % layout.setSize() != 0) {
            String kind = data > 0 ? "disperse" : "replica";
            return GlusterReply.failed(command, "number of bricks is not a multiple of " + kind + " count");
        }
        if (pools.find(node, name).isPresent()) {
            return GlusterReply.failed(command, 0, "Volume " + name + " already exists", "");
        }
        Optional<String> refusal = bricks.refusal(wanted, layout);
        if (refusal.isPresent()) {
            return GlusterReply.failed(command, refusal.get());
        }
        String id = pools.nextId(changes, name);
        bricks.take(wanted, id);
        pools.put(
                changes,
                Pools.key(node, name),
                new GlusterVolume(id, layout, Status.CREATED, wanted, GlusterOptions.defaults(layout), List.of()));
        return GlusterReply.done(
                command, "success: please start the volume to access data", named("volCreate", name, id));
    }

    private static int count(String word) {
        if (!word.matches("[0-9]{1,4}")) {
            throw new NotSimulated("count " + word);
        }
        return Integer.parseInt(word);
    }

    GlusterReply addBricks(List<String> words) {
        String command = "volume add-brick";
        String name = words.isEmpty() ? "" : words.getFirst();
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        GlusterVolume volume = found.get();
        List<Brick> wanted = bricks.parse(words.subList(1, words.size()));
        int set = volume.layout().setSize();
        if (wanted.isEmpty() || wanted.size() % set != 0) {
            return GlusterReply.failed(
                    command, "Incorrect number of bricks supplied " + wanted.size() + " with count " + set);
        }
        Optional<String> refusal = bricks.refusal(wanted, volume.layout());
        if (refusal.isPresent()) {
            return GlusterReply.failed(command, refusal.get());
        }
        bricks.take(wanted, volume.id());
        List<Brick> all = new ArrayList<>(volume.bricks());
        all.addAll(wanted);
        pools.put(changes, Pools.key(node, name), volume.withBricks(all));
        return GlusterReply.done(command, "success", "");
    }

    /** The new brick is filled at once: there are no files. The node of the old one may be down. */
    GlusterReply replaceBrick(List<String> words) {
        String command = "volume replace-brick";
        if (words.size() != 5 || !words.subList(3, 5).equals(List.of("commit", "force"))) {
            throw new NotSimulated("another replace-brick than commit force");
        }
        String name = words.getFirst();
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        GlusterVolume volume = found.get();
        if (volume.layout().setSize() == 1) {
            throw new NotSimulated("replace-brick on a volume with one copy");
        }
        Brick old = bricks.parse(words.subList(1, 2)).getFirst();
        int place = volume.bricks().stream().map(Brick::name).toList().indexOf(old.name());
        if (place < 0) {
            return GlusterReply.failed(command, 0, "brick: " + old.name() + " does not exist in volume: " + name, "");
        }
        List<Brick> wanted = bricks.parse(words.subList(2, 3));
        Optional<String> refusal = bricks.refusal(wanted, new Layout(1, 0, 0, 0));
        if (refusal.isPresent()) {
            return GlusterReply.failed(command, refusal.get());
        }
        bricks.take(wanted, volume.id());
        List<Brick> all = new ArrayList<>(volume.bricks());
        all.set(place, wanted.getFirst());
        pools.put(changes, Pools.key(node, name), volume.withBricks(all));
        return GlusterReply.done(command, "success: replace-brick commit force operation successful", "");
    }

    /** {@code heal NAME info}: nothing is ever left to heal. A program of its own, so it fails with a status of its own. */
    GlusterReply heal(List<String> words) {
        if (words.size() != 2 || !words.get(1).equals("info")) {
            throw new NotSimulated("another heal than info");
        }
        String name = words.getFirst();
        String nothing = "  <healInfo>\n    <bricks/>\n  </healInfo>\n";
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return GlusterReply.failed(GlusterReply.HEAL, 2, "Volume " + name + " does not exist", nothing);
        }
        GlusterVolume volume = found.get();
        if (!volume.isStarted()) {
            return GlusterReply.failed(
                    GlusterReply.HEAL, 5, name + ": Not able to fetch volfile from glusterd", nothing);
        }
        if (volume.layout().setSize() == 1) {
            throw new NotSimulated("heal info of a volume with one copy");
        }
        StringBuilder xml = new StringBuilder("  <healInfo>\n    <bricks>\n");
        volume.bricks().forEach(brick -> GlusterXml.heal(xml, brick, pools));
        return GlusterReply.done(
                GlusterReply.HEAL,
                "see the XML",
                xml.append("    </bricks>\n  </healInfo>\n").toString());
    }

    /** One option or several, all or none; a group goes alone. */
    GlusterReply set(List<String> words) {
        if (words.size() < 3 || words.size() % 2 == 0) {
            throw new NotSimulated("options without a value each");
        }
        String command = "volume set";
        String name = words.get(0);
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        Map<String, String> all = new TreeMap<>(found.get().options());
        for (int i = 1; i < words.size(); i += 2) {
            if (words.get(i).equals("group") && words.size() > 3) {
                throw new NotSimulated("a group among other options");
            }
            Optional<Map<String, String>> options = GlusterOptions.meantBy(words.get(i), words.get(i + 1));
            if (options.isEmpty()) {
                return GlusterReply.failed(command, GlusterOptions.unknown(words.get(i), words.get(i + 1)));
            }
            all.putAll(options.get());
        }
        if (found.get().isUntouchedClone()) {
            return GlusterReply.failed(
                    command, "Commit failed on localhost. Please check the log file for more details.");
        }
        pools.put(changes, Pools.key(node, name), found.get().withOptions(all));
        return GlusterReply.done(
                command, "success", "  <cliOp>volSet</cliOp>\n  <output>Set volume successful</output>\n");
    }

    GlusterReply start(List<String> words) {
        String name = words.getFirst();
        boolean force = forced(words);
        String command = "volume start: " + name;
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        GlusterVolume volume = found.get();
        if (volume.isStarted() && !force) {
            return GlusterReply.failed(command, "Volume " + name + " already started");
        }
        Optional<String> refusal = force ? Optional.empty() : bricks.notThere(name, volume);
        if (refusal.isPresent()) {
            return GlusterReply.failed(command, refusal.get());
        }
        pools.put(
                changes,
                Pools.key(node, name),
                volume.with(Status.STARTED).withDead(force ? pools.notServable(volume) : List.of()));
        return GlusterReply.done(command, "success", named("volStart", name, volume.id()));
    }

    GlusterReply stop(List<String> words) {
        String name = words.getFirst();
        String command = "volume stop: " + name;
        boolean force = forced(words);
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        GlusterVolume volume = found.get();
        if (!volume.isStarted() && !force) {
            return GlusterReply.failed(command, "Volume " + name + " is not in the started state");
        }
        pools.put(changes, Pools.key(node, name), volume.with(Status.STOPPED));
        return GlusterReply.done(command, "success", named("volStop", name, volume.id()));
    }

    private static boolean forced(List<String> words) {
        if (words.size() > 2 || (words.size() == 2 && !words.get(1).equals("force"))) {
            throw new NotSimulated("words after the volume's name");
        }
        return words.size() == 2;
    }

    GlusterReply delete(String name) {
        String command = "volume delete: " + name;
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        GlusterVolume volume = found.get();
        if (volume.isStarted()) {
            return GlusterReply.failed(
                    command, "Volume " + name + " has been started.Volume needs to be stopped before deletion.");
        }
        if (!volume.snapshots().isEmpty()) {
            return GlusterReply.failed(
                    command,
                    "Cannot delete Volume " + name + " ,as it has "
                            + volume.snapshots().size()
                            + " snapshots. To delete the volume, first delete all the snapshots under it.");
        }
        if (!pools.others(node).stream().allMatch(Node::answersGluster)) {
            return GlusterReply.failed(command, "Some of the peers are down");
        }
        pools.remove(changes, Pools.key(node, name), volume);
        return GlusterReply.done(command, "success", named("volDelete", name, volume.id()));
    }

    /** Ends as soon as it has begun: there are no files to move. */
    GlusterReply rebalance(List<String> words) {
        if (words.size() != 2 || !words.get(1).equals("start")) {
            throw new NotSimulated("another rebalance than start");
        }
        String name = words.getFirst();
        String command = "volume rebalance: " + name;
        Optional<GlusterVolume> found = pools.find(node, name);
        if (found.isEmpty()) {
            return missing(command, name);
        }
        GlusterVolume volume = found.get();
        if (!volume.isStarted()) {
            return GlusterReply.failed(command, "Volume " + name + " needs to be started to perform rebalance");
        }
        if (volume.bricks().size() <= volume.layout().setSize()) {
            return GlusterReply.failed(
                    command,
                    "Volume " + name
                            + " is not a distribute volume or contains only 1 brick.\nNot performing rebalance");
        }
        return GlusterReply.done(
                command,
                "success: Rebalance on " + name
                        + " has been started successfully. Use rebalance status command to check status of the"
                        + " rebalance process.",
                "");
    }

    GlusterReply info(List<String> words) {
        String command = "volume info";
        StringBuilder xml = new StringBuilder("  <volInfo>\n    <volumes>\n");
        if (words.size() == 1) {
            Optional<GlusterVolume> found = pools.find(node, words.getFirst());
            if (found.isEmpty()) {
                xml.append("      <count>0</count>\n    </volumes>\n  </volInfo>\n");
                return GlusterReply.failed(command, NO_SUCH_VOLUME, "Volume does not exist", xml.toString());
            }
            GlusterXml.volume(xml, words.getFirst(), found.get(), pools);
            xml.append("      <count>1</count>\n");
        } else if (words.isEmpty()) {
            SortedMap<String, GlusterVolume> all = pools.of(node);
            all.forEach((key, volume) -> GlusterXml.volume(xml, nameIn(key), volume, pools));
            xml.append("      <count>").append(all.size()).append("</count>\n");
        } else {
            throw new NotSimulated("words after the volume's name");
        }
        return GlusterReply.done(
                command,
                "see the XML",
                xml.append("    </volumes>\n  </volInfo>\n").toString());
    }

    /** {@code status all}: the bricks of started volumes on members that answer. */
    GlusterReply status(List<String> words) {
        if (!words.equals(List.of("all"))) {
            throw new NotSimulated("the status of one volume");
        }
        StringBuilder xml = new StringBuilder("  <volStatus>\n    <volumes>\n");
        pools.of(node).forEach((key, volume) -> {
            if (volume.isStarted()) {
                GlusterXml.status(xml, nameIn(key), volume, pools);
            }
        });
        return GlusterReply.done(
                "volume status",
                "see the XML",
                xml.append("    </volumes>\n  </volStatus>\n").toString());
    }

    GlusterReply list() {
        SortedMap<String, GlusterVolume> all = pools.of(node);
        StringBuilder xml = new StringBuilder("  <volList>\n    <count>" + all.size() + "</count>\n");
        all.keySet()
                .forEach(key -> xml.append("    ")
                        .append(GlusterReply.element("volume", nameIn(key)))
                        .append('\n'));
        return GlusterReply.done(
                "volume list", "see the XML", xml.append("  </volList>\n").toString());
    }

    private static String nameIn(String key) {
        return key.substring(key.indexOf('/') + 1);
    }

    private static GlusterReply missing(String command, String name) {
        return GlusterReply.failed(command, "Volume " + name + " does not exist");
    }

    private static String named(String element, String name, String id) {
        return "  <%s>\n    <volume>\n      %s\n      <id>%s</id>\n    </volume>\n  </%s>\n"
                .formatted(element, GlusterReply.element("name", name), id, element);
    }
}
