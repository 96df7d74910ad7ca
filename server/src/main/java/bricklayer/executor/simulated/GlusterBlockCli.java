package bricklayer.executor.simulated;

import bricklayer.executor.simulated.Facts.Block;
import bricklayer.executor.simulated.Facts.BlockTarget;
import bricklayer.executor.simulated.Facts.GlusterVolume;
import bricklayer.executor.simulated.Facts.Lv;
import bricklayer.host.CommandResult.Exited;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The {@code gluster-block} program on one node, with {@code --json}: create, delete, modify size, info, list. Its words are those of gluster-block 0.5's source; no real
 * node was asked.
 */
final class GlusterBlockCli {

    private static final int ENOENT = 2;
    private static final int EIO = 5;
    private static final int EEXIST = 17;
    private static final int ENODEV = 19;
    private static final int ENOSPC = 28;
    private static final int ENOTCONN = 107;
    private static final int OTHER = 255;
    private static final long KIB_A_GIB = 1L << 20;

    /** gluster-block does not touch the last of a volume. */
    private static final long KEPT_BACK_KIB = 10 << 10;

    private final Node node;
    private final Pools pools;
    private final Changes changes;

    GlusterBlockCli(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.pools = pools;
        this.changes = changes;
    }

    Exited run(List<String> argv) {
        return run(argv, false);
    }

    /** A create or delete that dies on the way: one host has been dealt with, the others have not. */
    Exited runHalf(List<String> argv) {
        return run(argv, true);
    }

    private Exited run(List<String> argv, boolean half) {
        if (argv.size() < 3 || !argv.getLast().equals("--json")) {
            throw new NotSimulated("gluster-block without --json");
        }
        List<String> words = argv.subList(2, argv.size() - 1);
        String[] thing = argv.get(1).split("/", -1);
        String volume = thing[0];
        if (argv.getFirst().equals("list") && thing.length == 1 && words.isEmpty()) {
            return inVolume(volume, hosting -> list(volume));
        }
        if (thing.length != 2 || !Arrays.stream(thing).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,254}"))) {
            throw new NotSimulated("a block volume named " + argv.get(1));
        }
        Place place = new Place(volume, thing[1]);
        return inVolume(volume, hosting -> switch (argv.getFirst()) {
            case "create" -> create(place, hosting, words, half);
            case "delete" -> existing(place, block -> delete(place, block, none(words), half));
            case "modify" -> existing(place, block -> modify(place, hosting, block, words, half));
            case "info" -> existing(place, block -> info(place, block, none(words)));
            default -> throw new NotSimulated("a gluster-block command");
        });
    }

    private record Place(String volume, String name) {

        @Override
        public String toString() {
            return volume + "/" + name;
        }
    }

    private static boolean none(List<String> words) {
        if (!words.isEmpty()) {
            throw new NotSimulated("words after the block volume's name");
        }
        return true;
    }

    private Exited inVolume(String name, Function<GlusterVolume, Exited> work) {
        if (!node.state().glusterd()) {
            return failed(ENOTCONN, "Not able to initialize volume " + name + "[Transport endpoint is not connected]");
        }
        Optional<GlusterVolume> volume = pools.find(node, name);
        if (volume.isEmpty()) {
            return failed(ENOENT, "Volume " + name + " does not exist");
        }
        return volume.get().isStarted()
                ? work.apply(volume.get())
                : failed(EIO, "Check if volume " + name + " is operational");
    }

    private Exited existing(Place place, Function<Block, Exited> work) {
        return pools.findBlock(node, place.volume(), place.name())
                .map(work)
                .orElseGet(() -> failed(ENOENT, "block " + place + " doesn't exist"));
    }

    /** {@code ha N auth enable|disable prealloc full|no HOST,… SIZE}. */
    private Exited create(Place place, GlusterVolume hosting, List<String> words, boolean half) {
        if (words.size() != 8
                || !words.get(0).equals("ha")
                || !words.get(2).equals("auth")
                || !words.get(4).equals("prealloc")) {
            throw new NotSimulated("another create than with ha, auth and prealloc");
        }
        int ha = Integer.parseInt(words.get(1));
        boolean auth = words.get(3).equals("enable");
        List<String> hosts = List.of(words.get(6).split(",", -1));
        long gib = gib(words.get(7));
        if (ha > hosts.size()) {
            return failed(ENODEV, "multipath req: " + ha + " > block-hosts: " + words.get(6) + "\n");
        }
        if (pools.findBlock(node, place.volume(), place.name()).isPresent()) {
            return failed(EEXIST, "BLOCK with name: '" + place.name() + "' already EXIST\n");
        }
        List<String> down = hosts.stream().filter(this::isDown).toList();
        if (!down.isEmpty()) {
            return failed(
                    OTHER,
                    down.stream()
                            .map(host -> "failed to configure on " + host + " : No route to host")
                            .collect(Collectors.joining("\n")));
        }
        if (roomKiB(place.volume(), hosting) < gib * KIB_A_GIB) {
            return failed(ENOSPC, "Low space on the volume " + place.volume() + "\n");
        }
        String gbid = pools.nextId(changes, place.toString());
        List<BlockTarget> targets = hosts.stream()
                .map(host -> new BlockTarget(host, gib, !half || host.equals(hosts.getFirst())))
                .toList();
        String password = auth ? pools.nextId(changes, "password of " + place) : "";
        pools.putBlock(changes, node, place.volume(), place.name(), new Block(gbid, gib, password, targets));
        String login = auth ? ",\"USERNAME\":\"" + gbid + "\",\"PASSWORD\":\"" + password + "\"" : "";
        String portals = hosts.stream().map(host -> quoted(host + ":3260")).collect(Collectors.joining(","));
        return Answers.said("{" + iqn(gbid) + login + ",\"PORTAL(S)\":[" + portals + "],\"RESULT\":\"SUCCESS\"}\n");
    }

    private Exited delete(Place place, Block block, boolean plain, boolean half) {
        List<String> down = hosts(block, target -> plain && isDown(target.host()));
        if (!down.isEmpty()) {
            return failed(
                    OTHER,
                    down.stream()
                            .map(host -> "failed to delete config on " + host + " : No route to host")
                            .collect(Collectors.joining("\n")));
        }
        if (half) {
            BlockTarget first = block.targets().getFirst();
            replace(place, block, target -> target.equals(first) ? target.gone() : target, block.sizeGiB());
        } else {
            pools.removeBlock(changes, node, place.volume(), place.name());
        }
        return Answers.said("{\"SUCCESSFUL ON\":" + array(hosts(block, target -> true)) + ",\"RESULT\":\"SUCCESS\"}\n");
    }

    /** {@code size SIZE}. The file grows first, then each host is told. */
    private Exited modify(Place place, GlusterVolume hosting, Block block, List<String> words, boolean half) {
        if (words.size() != 2 || !words.getFirst().equals("size")) {
            throw new NotSimulated("another modify than size");
        }
        long gib = gib(words.get(1));
        boolean behind = block.targets().stream().anyMatch(target -> target.sizeGiB() < block.sizeGiB());
        String now = written(block.sizeGiB());
        if (gib == block.sizeGiB() && !behind) {
            return failed(OTHER, "request size (" + now + ") is same as current size (" + written(gib) + ") ]");
        }
        if (gib < block.sizeGiB()) {
            return failed(
                    OTHER,
                    "Shrink size ?\nuse 'force' option [current size " + now + ", request size " + written(gib) + "]");
        }
        if (!block.isWhole()) {
            return failed(
                    ENOENT,
                    "Some of the nodes are missing configuration, please look at logs for recent operations on the "
                            + place.name() + ".");
        }
        List<String> down = hosts(block, target -> isDown(target.host()));
        if (!down.isEmpty()) {
            return failed(OTHER, "host " + down.getFirst() + " is not reachable");
        }
        if (roomKiB(place.volume(), hosting) < (gib - block.sizeGiB()) * KIB_A_GIB) {
            return failed(ENOSPC, "Low space on the volume " + place.volume() + "\n");
        }
        Predicate<BlockTarget> follows =
                target -> !half && !pools.byStorageName(target.host()).state().blockResizeFails();
        replace(place, block, target -> follows.test(target) ? target.sized(gib) : target, gib);
        List<String> failed = hosts(block, follows.negate());
        List<String> successful = hosts(block, follows);
        StringBuilder json = new StringBuilder("{" + iqn(block.gbid()));
        if (failed.isEmpty()) {
            json.append(",\"SIZE\":").append(quoted(written(gib)));
        } else {
            json.append(",\"FAILED ON\":").append(array(failed));
        }
        if (!successful.isEmpty()) {
            json.append(",\"SUCCESSFUL ON\":").append(array(successful));
        }
        json.append(",\"RESULT\":")
                .append(failed.isEmpty() ? "\"SUCCESS\"" : "\"FAIL\"")
                .append("}\n");
        return new Exited(failed.isEmpty() ? 0 : OTHER, json.toString(), "");
    }

    private Exited info(Place place, Block block, boolean plain) {
        String behind = block.targets().stream()
                .filter(target -> plain && target.exported() && target.sizeGiB() < block.sizeGiB())
                .map(target -> quoted(target.host()) + ":" + quoted(written(target.sizeGiB())))
                .collect(Collectors.joining(","));
        return Answers.said("{\"NAME\":" + quoted(place.name()) + ",\"VOLUME\":" + quoted(place.volume())
                + ",\"GBID\":" + quoted(block.gbid()) + ",\"SIZE\":" + quoted(written(block.sizeGiB())) + ",\"HA\":"
                + block.targets().size() + ",\"IOTIMEOUT\":\"43 Seconds\",\"PASSWORD\":" + quoted(block.password())
                + ",\"EXPORTED ON\":" + array(hosts(block, BlockTarget::exported))
                + (behind.isEmpty() ? "" : ",\"RESIZE FAILED ON\":{" + behind + "}") + "}\n");
    }

    private Exited list(String volume) {
        List<String> names = pools.blocksIn(node, volume).keySet().stream()
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .toList();
        return Answers.said("{\"blocks\":" + array(names) + ",\"RESULT\":\"SUCCESS\"}\n");
    }

    private void replace(Place place, Block block, Function<BlockTarget, BlockTarget> change, long gib) {
        List<BlockTarget> targets = block.targets().stream().map(change).toList();
        pools.putBlock(
                changes, node, place.volume(), place.name(), new Block(block.gbid(), gib, block.password(), targets));
    }

    private boolean isDown(String storage) {
        Node host = pools.byStorageName(storage);
        return !pools.together(node, host) || !host.answersGluster();
    }

    private long roomKiB(String name, GlusterVolume volume) {
        int set = volume.layout().setSize();
        int data = volume.layout().disperse() > 0 ? set - volume.layout().redundancy() : 1;
        long whole = 0;
        for (int first = 0; first < volume.bricks().size(); first += set) {
            Facts.Brick brick = volume.bricks().get(first);
            Node host = pools.byHost(brick.host());
            whole += data
                    * host.lvs
                            .find(host.place(brick.path()).fileSystem())
                            .map(Lv::sizeKiB)
                            .orElse(0L);
        }
        long taken = pools.blocksIn(node, name).values().stream()
                .mapToLong(Block::sizeGiB)
                .sum();
        return whole - taken * KIB_A_GIB - KEPT_BACK_KIB;
    }

    private static long gib(String size) {
        if (!size.matches("[1-9][0-9]{0,8}GiB")) {
            throw new NotSimulated("size " + size);
        }
        return Long.parseLong(size.substring(0, size.length() - "GiB".length()));
    }

    private static String written(long gib) {
        return gib < 1024 ? gib + ".0 GiB" : String.format(Locale.ROOT, "%.1f TiB", gib / 1024.0);
    }

    private static List<String> hosts(Block block, Predicate<BlockTarget> which) {
        List<String> hosts = new ArrayList<>();
        block.targets().stream().filter(which).forEach(target -> hosts.add(target.host()));
        return hosts;
    }

    private static String iqn(String gbid) {
        return "\"IQN\":\"iqn.2016-12.org.gluster-block:" + gbid + "\"";
    }

    private static String array(List<String> texts) {
        return texts.stream().map(GlusterBlockCli::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static Exited failed(int code, String message) {
        return new Exited(
                code, "{\"RESULT\":\"FAIL\",\"errCode\":" + code + ",\"errMsg\":" + quoted(message) + "}\n", "");
    }
}
