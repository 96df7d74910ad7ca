package bricklayer.identity;

import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Chap;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of a volume, its bricks and the block volumes in it as options of the gluster volume, which gluster keeps on every node of the cluster: so what lies on a dead node is known from any other.
 *
 * <ul>
 *   <li>{@code user.heketi.id}: its id, as Heketi wrote it;
 *   <li>{@code user.bricklayer.volume}: its other facts; {@code user.bricklayer.options}: the options asked for;
 *   <li>{@code user.bricklayer.bricks}: one entry a brick, in gluster's order of them; where it lies is in gluster's own list;
 *   <li>{@code user.bricklayer.blocks}, of a block hosting volume: its block volumes, separated by semicolons. Passwords are not written: gluster-block tells them.
 * </ul>
 *
 * @param volume without its name, which is gluster's
 * @param bricks in gluster's order
 * @param blocks without passwords
 */
public record VolumeStamp(VolumeFacts volume, List<BrickFacts> bricks, List<BlockVolume> blocks) {

    public static final String ID = "user.heketi.id";
    /** Begins every key that this program alone writes. */
    public static final String OURS = "user.bricklayer.";

    private static final String VOLUME = OURS + "volume";
    private static final String OPTIONS = OURS + "options";
    private static final String BRICKS = OURS + "bricks";
    private static final String BLOCKS = OURS + "blocks";
    private static final String VERSION = "v";
    private static final String FORGOTTEN = "forgotten";
    private static final String UNKNOWN = "?";
    private static final int BRICK_PARTS = 9;

    public VolumeStamp {
        bricks = List.copyOf(bricks);
        blocks = List.copyOf(blocks);
    }

    /** A volume without its name. */
    public record VolumeFacts(Volume unnamed) {

        public Volume named(String name) {
            return new Volume(
                    unnamed.id(),
                    name,
                    unnamed.cluster(),
                    unnamed.sizeGiB(),
                    unnamed.requested(),
                    unnamed.snapshotEnabled(),
                    unnamed.snapshotFactor(),
                    unnamed.gid(),
                    unnamed.options(),
                    unnamed.blockHosting(),
                    unnamed.requestedClusters(),
                    unnamed.reservedGiB(),
                    unnamed.restriction());
        }
    }

    /**
     * A brick without its path.
     *
     * @param lv empty when it was not known when this was written: gluster names the bricks of a clone
     */
    public record BrickFacts(
            BrickId id,
            NodeId node,
            DeviceId device,
            long sizeKiB,
            long poolKiB,
            long metadataKiB,
            boolean arbiter,
            String pool,
            Optional<String> lv) {

        public Brick lyingAt(VolumeId volume, int position, String path, String lvName) {
            return new Brick(
                    id, volume, device, node, position, sizeKiB, poolKiB, metadataKiB, pool, lvName, path, arbiter);
        }
    }

    /**
     * All options that tell of a volume.
     *
     * @param bricks in gluster's order
     * @param blocks in any order
     */
    public static Map<String, String> of(Volume volume, List<Brick> bricks, List<BlockVolume> blocks) {
        Map<String, String> options = new TreeMap<>();
        options.put(ID, volume.id().value());
        Facts facts = Facts.writing()
                .put(VERSION, 1)
                .put("id", volume.id().value())
                .put("cluster", volume.cluster().value())
                .put("size", volume.sizeGiB())
                .put("durability", volume.requested().type())
                .put("replica", volume.requested().replica())
                .put("data", volume.requested().data())
                .put("redundancy", volume.requested().redundancy())
                .put("snapshots", volume.snapshotEnabled())
                .put("factor", Float.toString(volume.snapshotFactor()))
                .put("gid", volume.gid())
                .put("hosting", volume.blockHosting())
                .put("reserved", volume.reservedGiB())
                .put("restriction", volume.restriction())
                .put("clusters", volume.requestedClusters())
                .put("options", volume.options().size());
        Spread.write(options, VOLUME, FactText.facts(facts.map()));
        if (!volume.options().isEmpty()) {
            Spread.write(options, OPTIONS, FactText.list(volume.options()));
        }
        Spread.write(
                options,
                BRICKS,
                String.join(",", bricks.stream().map(VolumeStamp::entry).toList()));
        if (volume.blockHosting()) {
            Spread.write(
                    options,
                    BLOCKS,
                    String.join(
                            ";",
                            blocks.stream()
                                    .sorted(Comparator.comparing(
                                            block -> block.id().value()))
                                    .map(block -> FactText.facts(facts(block)))
                                    .toList()));
        }
        return options;
    }

    /** The same as {@code "key value"}, for what takes options like that. */
    public static List<String> words(Volume volume, List<Brick> bricks) {
        return of(volume, bricks, List.of()).entrySet().stream()
                .map(option -> option.getKey() + " " + option.getValue())
                .toList();
    }

    /** What a volume says after its records were deleted and it was left alone: that nobody is to take it for one of the records. Gluster cannot take options of these names away. */
    public static String forgotten() {
        return VOLUME + " "
                + FactText.facts(
                        Facts.writing().put(VERSION, 1).put(FORGOTTEN, true).map());
    }

    /** Whether an option is one of those that this program writes to say what a volume is. */
    public static boolean isOurs(String key) {
        return key.equals(ID) || key.startsWith(OURS);
    }

    /** {@code id:node:device:size:pool-size:metadata-size:arbiter:pool:lv}; the last two are empty for the usual names, and so is the device of a brick that lies on none. */
    private static String entry(Brick brick) {
        String lv = brick.lv().isEmpty() || brick.lv().equals("brick_" + brick.id())
                ? ""
                : brick.lv().equals(brick.volume() + "_" + brick.position()) ? UNKNOWN : FactText.escape(brick.lv());
        return String.join(
                ":",
                brick.id().value(),
                brick.node().value(),
                brick.device().value(),
                String.valueOf(brick.sizeKiB()),
                String.valueOf(brick.poolKiB()),
                String.valueOf(brick.metadataKiB()),
                brick.arbiter() ? "a" : "",
                brick.pool().equals("tp_" + brick.id()) ? "" : FactText.escape(brick.pool()),
                lv);
    }

    private static Map<String, String> facts(BlockVolume block) {
        return Facts.writing()
                .put(VERSION, 1)
                .put("id", block.id().value())
                .put("name", block.name())
                .put("size", block.sizeGiB())
                .put("usable", block.usableGiB())
                .put("ha", block.haCount())
                .put("auth", block.auth())
                .put("hosts", block.hosts())
                .put("iqn", block.iqn())
                .put("user", block.chap().user())
                .put("clusters", block.requestedClusters())
                .map();
    }

    /**
     * Empty for a volume that says nothing but its id, or not even that, and for one whose records were given up on purpose.
     *
     * @param options all that are set on the gluster volume
     * @throws UnreadableIdentity when it says something, and that is not whole
     */
    public static Optional<VolumeStamp> read(Map<String, String> options) {
        String text = Spread.read(options, VOLUME);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Facts facts = versioned(text);
        if (facts.flag(FORGOTTEN)) {
            return Optional.empty();
        }
        VolumeId id = new VolumeId(facts.required("id"));
        if (!id.value().equals(options.get(ID))) {
            throw new UnreadableIdentity(
                    "option " + ID + " is " + options.get(ID) + ", but its other facts are those of volume " + id);
        }
        ClusterId cluster = new ClusterId(facts.required("cluster"));
        int asked = facts.integer("options");
        List<String> wanted = asked == 0 ? List.of() : FactText.parts(Spread.read(options, OPTIONS));
        if (wanted.size() != asked) {
            throw new UnreadableIdentity("it names " + wanted.size() + " options instead of " + asked);
        }
        Volume volume = new Volume(
                id,
                "",
                cluster,
                facts.integer("size"),
                new RequestedDurability(
                        facts.text("durability"),
                        facts.integer("replica"),
                        facts.integer("data"),
                        facts.integer("redundancy")),
                facts.flag("snapshots"),
                factor(facts.required("factor")),
                facts.number("gid"),
                wanted,
                facts.flag("hosting"),
                facts.list("clusters"),
                facts.integer("reserved"),
                facts.text("restriction"));
        return Optional.of(new VolumeStamp(
                new VolumeFacts(volume),
                bricks(Spread.read(options, BRICKS)),
                blocks(Spread.read(options, BLOCKS), volume)));
    }

    private static Facts versioned(String text) {
        Facts facts = Facts.reading(FactText.readFacts(text));
        if (facts.number(VERSION) != 1) {
            throw new UnreadableIdentity(
                    "its facts are of version '" + facts.text(VERSION) + "', this program reads version 1");
        }
        return facts;
    }

    private static float factor(String text) {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            throw new UnreadableIdentity("its factor is '" + text + "', which is no number");
        }
    }

    private static List<BrickFacts> bricks(String text) {
        List<BrickFacts> bricks = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String entry : text.split(",", -1)) {
                bricks.add(brick(entry));
            }
        }
        return bricks;
    }

    private static BrickFacts brick(String entry) {
        String[] parts = entry.split(":", -1);
        if (parts.length != BRICK_PARTS) {
            throw new UnreadableIdentity("'" + entry + "' is no entry of a brick");
        }
        String id = parts[0];
        boolean foreign = parts[2].isEmpty();
        try {
            return new BrickFacts(
                    new BrickId(id),
                    new NodeId(parts[1]),
                    new DeviceId(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]),
                    parts[6].equals("a"),
                    parts[7].isEmpty() ? (foreign ? "" : "tp_" + id) : FactText.unescape(parts[7]),
                    parts[8].equals(UNKNOWN)
                            ? Optional.empty()
                            : Optional.of(
                                    parts[8].isEmpty() ? (foreign ? "" : "brick_" + id) : FactText.unescape(parts[8])));
        } catch (NumberFormatException e) {
            throw new UnreadableIdentity("'" + entry + "' is no entry of a brick: " + e.getMessage());
        }
    }

    private static List<BlockVolume> blocks(String text, Volume hosting) {
        List<BlockVolume> blocks = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String entry : text.split(";", -1)) {
                blocks.add(block(versioned(entry), hosting));
            }
        }
        return blocks;
    }

    private static BlockVolume block(Facts facts, Volume hosting) {
        return new BlockVolume(
                new BlockVolumeId(facts.required("id")),
                facts.required("name"),
                hosting.cluster(),
                hosting.id(),
                facts.integer("size"),
                facts.integer("usable"),
                facts.integer("ha"),
                facts.flag("auth"),
                facts.list("hosts"),
                facts.text("iqn"),
                new Chap(facts.text("user"), ""),
                facts.list("clusters"));
    }
}
