package bricklayer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Chap;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Node;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.RequestedDurability;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written about random rows is what LVM and gluster take, and comes back as the same rows. */
class IdentityTest {

    private static final long SEED = Long.getLong("seed", 7);
    private static final int ROUNDS = 2000;
    private static final String GLUSTER_KEEPS = "[A-Za-z0-9_.+/%:,;?-]+";
    private static final String LVM_TAKES = "[A-Za-z0-9_+./=!:&#][A-Za-z0-9_+.\\-/=!:&#]{0,1023}";

    private final Random random = new Random(SEED);

    @Test
    void groupsComeBack() {
        for (int round = 0; round < ROUNDS; round++) {
            Cluster cluster = new Cluster(new ClusterId(id()), random.nextBoolean(), random.nextBoolean());
            Node node = new Node(
                    new NodeId(id()),
                    cluster.id(),
                    random.nextInt(100),
                    texts(1 + random.nextInt(3), 300),
                    texts(1 + random.nextInt(3), 20),
                    tags(),
                    state());
            Device device = new Device(
                    new DeviceId(id()),
                    node.id(),
                    text(200),
                    tags(),
                    state(),
                    random.nextInt(1 << 30),
                    4096,
                    "uuid",
                    texts(random.nextInt(3), 20),
                    random.nextBoolean() ? Optional.of(random.nextLong()) : Optional.empty());

            List<String> tags = new ArrayList<>(GroupTags.of(cluster, node, device));
            assertThat(tags).as("seed %d round %d", SEED, round).allMatch(tag -> tag.matches(LVM_TAKES));
            assertThat(GroupTags.ours(tags)).isEqualTo(tags);
            Collections.shuffle(tags, random);
            tags.add("somebody.elses=1");
            assertThat(GroupTags.read(tags, new GroupTags.Measured(device.totalKiB(), 4096, "uuid")))
                    .as("seed %d round %d", SEED, round)
                    .contains(new GroupTags(cluster, node, device));
        }
    }

    @Test
    void volumesComeBack() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean hosting = random.nextBoolean();
            Volume volume = new Volume(
                    new VolumeId(id()),
                    text(20),
                    new ClusterId(id()),
                    random.nextInt(100_000),
                    new RequestedDurability(text(8), random.nextInt(4), random.nextInt(9), random.nextInt(3)),
                    random.nextBoolean(),
                    random.nextFloat() * 10,
                    random.nextInt(1 << 20),
                    texts(random.nextInt(5), random.nextInt(10) == 0 ? 3000 : 30),
                    hosting,
                    IntStream.range(0, random.nextInt(3)).mapToObj(i -> id()).toList(),
                    random.nextInt(100),
                    List.of("", Volume.LOCKED, Volume.LOCKED_BY_UPDATE).get(random.nextInt(3)));
            List<Brick> bricks = IntStream.range(0, random.nextInt(random.nextInt(20) == 0 ? 300 : 12))
                    .mapToObj(position -> brick(volume, position))
                    .toList();
            List<BlockVolume> blocks = IntStream.range(0, hosting ? random.nextInt(30) : 0)
                    .mapToObj(i -> block(volume))
                    .toList();

            Map<String, String> options = VolumeStamp.of(volume, bricks, blocks);
            assertThat(options.values())
                    .as("seed %d round %d", SEED, round)
                    .allMatch(value -> value.matches(GLUSTER_KEEPS) && value.length() <= Spread.PART);
            // what was there before and is longer
            Map<String, String> there = new TreeMap<>(
                    Map.of("user.bricklayer.bricks.40", "old", "user.bricklayer.options.40", "old", "auth.allow", "*"));
            there.putAll(options);
            VolumeStamp read = VolumeStamp.read(there).orElseThrow();

            assertThat(read.volume().named(volume.name()))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(volume);
            assertThat(IntStream.range(0, bricks.size())
                            .mapToObj(i -> read.bricks()
                                    .get(i)
                                    .lyingAt(
                                            volume.id(),
                                            i,
                                            bricks.get(i).path(),
                                            read.bricks().get(i).lv().orElse(volume.id() + "_" + i))))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(bricks);
            assertThat(read.blocks().stream()
                            .map(block -> block.reachedBy(
                                    block.iqn(), new Chap(block.chap().user(), block.auth() ? "secret" : "")))
                            .toList())
                    .as("seed %d round %d", SEED, round)
                    .containsExactlyInAnyOrderElementsOf(blocks);
            assertThat(options.toString()).doesNotContain("secret");
        }
    }

    @Test
    void whatIsNotWholeIsNotBelieved() {
        Volume volume = new Volume(
                new VolumeId(id()),
                "v",
                new ClusterId(id()),
                10,
                new RequestedDurability("none", 0, 0, 0),
                false,
                1,
                0,
                List.of("a b", "", "x".repeat(3000)),
                false,
                List.of(),
                0,
                "");
        Map<String, String> whole = VolumeStamp.of(volume, List.of(), List.of());
        assertThat(VolumeStamp.read(Map.of("user.heketi.id", volume.id().value())))
                .isEmpty();
        refused(whole, "user.heketi.id", id(), "but its other facts are those of volume");
        refused(whole, "user.bricklayer.volume", "v:2,id:1", "of version '2'");
        refused(whole, "user.bricklayer.volume", "nonsense", "no fact");
        refused(whole, "user.bricklayer.options.1", "", "user.bricklayer.options.1 is missing");
        refused(whole, "user.bricklayer.options", "a", "instead of 3");
        refused(whole, "user.bricklayer.bricks", "a:b", "no entry of a brick");
        assertThatThrownBy(
                        () -> GroupTags.read(List.of("bricklayer.device=" + id()), new GroupTags.Measured(1, 1, "u")))
                .isInstanceOf(UnreadableIdentity.class)
                .hasMessageContaining("no more");
    }

    private static void refused(Map<String, String> whole, String key, String value, String why) {
        Map<String, String> changed = new TreeMap<>(whole);
        if (value.isEmpty()) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        assertThatThrownBy(() -> VolumeStamp.read(changed))
                .isInstanceOf(UnreadableIdentity.class)
                .hasMessageContaining(why);
    }

    private Brick brick(Volume volume, int position) {
        BrickId id = new BrickId(id());
        boolean cloned = random.nextBoolean();
        return new Brick(
                id,
                volume.id(),
                new DeviceId(id()),
                new NodeId(id()),
                position,
                random.nextInt(1 << 30),
                random.nextInt(1 << 30),
                random.nextInt(1 << 20),
                cloned ? "tp_" + id() : "tp_" + id,
                cloned ? (random.nextBoolean() ? volume.id() + "_" + position : id() + "_" + position) : "brick_" + id,
                "/p",
                random.nextBoolean());
    }

    private BlockVolume block(Volume hosting) {
        boolean auth = random.nextBoolean();
        return new BlockVolume(
                new BlockVolumeId(id()),
                text(20) + "x",
                hosting.cluster(),
                hosting.id(),
                random.nextInt(1000),
                random.nextInt(1000),
                random.nextInt(4),
                auth,
                texts(random.nextInt(4), 20),
                "iqn.2016-12.org.gluster-block:" + id(),
                auth ? new Chap(id(), "secret") : Chap.NONE,
                IntStream.range(0, random.nextInt(3)).mapToObj(i -> id()).toList());
    }

    private State state() {
        return List.of(State.ONLINE, State.OFFLINE, State.FAILED).get(random.nextInt(3));
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.put("k" + random.nextInt(20) + ".x_-".substring(0, random.nextInt(4)), text(64));
        }
        return tags;
    }

    private List<String> texts(int count, int longest) {
        return IntStream.range(0, count).mapToObj(i -> text(longest)).toList();
    }

    private String text(int longest) {
        String alphabet = "abcXYZ019._-:;,%=#/ '\"$\\äß\uD83D\uDE00\n\t+?{}";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private String id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
