package bricklayer.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.RebuildReport;
import bricklayer.api.TagsChangeRequest;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.SequentialThreads;
import bricklayer.stamp.SimulatedService;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import bricklayer.volume.NoPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records made from nothing but simulated nodes are those that were lost, row by row, and a server goes on with them. */
class RebuildTest {

    private static final int OPERATIONS = Integer.getInteger("rebuild.operations", 200);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterARandomHistory(long given) {
        long seed = Long.getLong("seed", given);
        SimulatedService lost = new SimulatedService(seed);
        History history = new History(lost, seed);
        history.begin();
        for (int i = 0; i < OPERATIONS; i++) {
            history.step();
        }
        lost.settle();
        System.out.printf("seed %d: %s%n", seed, history);

        SimulatedService found = new SimulatedService(seed + 1000, lost.executor);
        long asked = lost.executor.counters().asked();
        Rebuilt rebuilt = reader(found).read(hosts(lost));
        asked = lost.executor.counters().asked() - asked;
        rebuilt.writeTo(found.store);

        assertThat(rebuilt.report().findings()).as("seed %d", seed).isEmpty();
        assertThat(rebuilt.whole()).isTrue();
        for (Table<?, ?> table :
                List.of(Cluster.TABLE, Node.TABLE, Device.TABLE, Volume.TABLE, Brick.TABLE, BlockVolume.TABLE)) {
            assertThat(rows(found, table)).as("seed %d, %s", seed, table.name()).isEqualTo(rows(lost, table));
        }
        int hosts = hosts(lost).size();
        long passwords =
                lost.all(BlockVolume.TABLE).stream().filter(BlockVolume::auth).count();
        assertThat(asked).as("commands").isLessThanOrEqualTo(2L * hosts + 2 + passwords);

        goesOn(found, seed);
    }

    private static void goesOn(SimulatedService found, long seed) {
        makeRoom(found);
        int grown = 0;
        for (Volume volume : found.all(Volume.TABLE)) {
            try {
                found.must((rows, attempt) -> found.core.volumePlans().expand(rows, volume.id(), 1, attempt));
                grown++;
            } catch (NoPlan full) {
                assertThat(full).hasMessageContaining("space");
            }
        }
        assertThat(grown).as("seed %d, volumes that could be grown", seed).isPositive();
        for (BlockVolume block : found.all(BlockVolume.TABLE)) {
            found.must((rows, attempt) -> found.core.blockVolumePlans().delete(rows, block.id(), found.answering()));
        }
        for (Volume volume : found.all(Volume.TABLE)) {
            found.must((rows, attempt) -> found.core.volumePlans().delete(rows, volume.id()));
        }
        assertThat(found.all(Brick.TABLE)).isEmpty();
        String nodes = String.join("", found.executor.nodes().pictures().values());
        assertThat(nodes.lines().filter(line -> line.startsWith("lv ") || line.startsWith("gluster-volume ")))
                .as("seed %d: what is left on nodes", seed)
                .isEmpty();
        found.must((rows, attempt) -> found.core
                .volumePlans()
                .create(rows, SimulatedService.volume(10, Durability.replicate(3), false), attempt));
        assertThat(found.executor.counters().notSimulated()).isZero();
    }

    private static void makeRoom(SimulatedService found) {
        for (Node node : found.all(Node.TABLE)) {
            found.submit((rows, attempt) -> found.core.nodePlans().setState(rows, node.id(), State.ONLINE, false));
        }
        for (Device device : found.all(Device.TABLE)) {
            found.submit((rows, attempt) -> found.core.devicePlans().setState(rows, device.id(), State.ONLINE, false));
        }
    }

    private static NodeReader reader(SimulatedService service) {
        return new NodeReader(
                new Hosts(service.executor),
                new Lvm(LvmSettings.DEFAULTS),
                new Gluster(GlusterSettings.DEFAULTS),
                new GlusterBlock(GlusterBlockSettings.DEFAULTS),
                new Mounts(MountSettings.DEFAULTS),
                new SequentialThreads());
    }

    private static List<NodeNamed> hosts(SimulatedService service) {
        return service.all(Node.TABLE).stream()
                .filter(node -> !Inventory.devices(service.rows(), node.id()).isEmpty())
                .map(node -> new NodeNamed(node.host(), node.storageHosts(), OptionalInt.of(node.zone())))
                .toList();
    }

    /** Without nodes and clusters that have no device: these are written nowhere. */
    private static <K extends Key, V extends Row<K>> Map<String, Row<?>> rows(
            SimulatedService service, Table<K, V> table) {
        Map<String, Row<?>> rows = new TreeMap<>();
        for (V row : service.all(table)) {
            boolean written = switch (row) {
                case Node node -> !Inventory.devices(service.rows(), node.id()).isEmpty();
                case Cluster cluster ->
                    Inventory.nodes(service.rows(), cluster.id()).stream()
                            .anyMatch(node -> !Inventory.devices(service.rows(), node.id())
                                    .isEmpty());
                default -> true;
            };
            if (written) {
                rows.put(row.id().value(), row);
            }
        }
        return rows;
    }

    private static SimulatedService small() {
        SimulatedService service = new SimulatedService(5);
        service.smallCluster();
        service.must((rows, attempt) -> service.core
                .volumePlans()
                .create(rows, SimulatedService.volume(10, Durability.replicate(3), false), attempt));
        return service;
    }

    private static List<String> kinds(Rebuilt rebuilt) {
        return rebuilt.report().findings().stream()
                .map(RebuildReport.Finding::kind)
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void whatADeadNodeHoldsIsKnownFromTheOthers() {
        SimulatedService lost = small();
        lost.executor.nodes().cutPower(new HostName("node2"));
        Rebuilt rebuilt = reader(lost).read(hosts(lost));

        assertThat(rebuilt.whole()).isFalse();
        assertThat(rebuilt.objection(false)).isPresent();
        assertThat(rebuilt.objection(true)).isEmpty();
        assertThat(rebuilt.bricks()).containsExactlyInAnyOrderElementsOf(lost.all(Brick.TABLE));
        assertThat(rebuilt.nodes())
                .extracting(Node::id)
                .contains(lost.rows()
                        .find(Node.TABLE, Node.BY_MANAGE_HOST, "node2")
                        .getFirst()
                        .id());
        assertThat(kinds(rebuilt)).containsExactly("incomplete");
        assertThat(rebuilt.report().sources())
                .anyMatch(source ->
                        source.host().equals("node2") && !source.trouble().isEmpty());
    }

    @Test
    void contradictionsAreReported() {
        SimulatedService lost = small();
        Device device = lost.all(Device.TABLE).getFirst();
        HostName host = lost.rows().get(Node.TABLE, device.node()).orElseThrow().host();
        Node node = lost.rows().get(Node.TABLE, device.node()).orElseThrow();
        byHand(
                lost,
                host,
                new Lvm(LvmSettings.DEFAULTS)
                        .vgchangeTags(
                                device.volumeGroup(),
                                List.of("bricklayer.cluster.block=false"),
                                List.of("bricklayer.cluster.block=true")));
        Rebuilt rebuilt = reader(lost).read(hosts(lost));
        assertThat(kinds(rebuilt)).containsExactly("contradiction");
        assertThat(rebuilt.report().findings().getFirst().text())
                .contains("5 say file=true block=true", device.volumeGroup() + " on " + node.host());
        assertThat(rebuilt.clusters()).isEqualTo(lost.all(Cluster.TABLE));
    }

    @Test
    void whatSomebodyElseMadeOrDamagedIsLeftOutAndSaid() {
        SimulatedService lost = small();
        Volume volume = lost.all(Volume.TABLE).getFirst();
        byHand(
                lost,
                new HostName("node1"),
                new Gluster(GlusterSettings.DEFAULTS).setOption(volume.name(), "user.bricklayer.volume", "v:9,id:x"));
        Rebuilt rebuilt = reader(lost).read(hosts(lost));
        assertThat(rebuilt.whole()).isFalse();
        assertThat(kinds(rebuilt)).containsExactly("missing");
        assertThat(rebuilt.volumes()).isEmpty();
        assertThat(rebuilt.report().findings())
                .anyMatch(finding -> finding.text().contains("version '9'"));
        assertThat(rebuilt.report().findings())
                .anyMatch(finding -> finding.object().equals("6 logical volumes"));
    }

    /** Lost in the seconds before the nodes were told. */
    @Test
    void aBrickThatMovedAMomentAgoIsFoundByItsPathAndACloneByWhatIsMounted() {
        SimulatedService lost = new SimulatedService(6);
        ClusterId cluster = lost.smallCluster();
        lost.device(lost.node(cluster, 4), "/dev/vdb");
        lost.must((rows, attempt) -> lost.core
                .volumePlans()
                .create(rows, SimulatedService.volume(10, Durability.replicate(2), false), attempt));
        Volume volume = lost.all(Volume.TABLE).getFirst();
        Brick brick = lost.all(Brick.TABLE).getFirst();
        lost.must((rows, attempt) -> lost.core.evictionPlans().evict(rows, brick.id(), false, attempt));
        lost.must((rows, attempt) -> lost.core.clonePlans().clone(rows, volume.id(), "copy"));

        Rebuilt rebuilt = reader(lost).read(hosts(lost));
        assertThat(kinds(rebuilt)).containsExactly("note");
        assertThat(rebuilt.bricks()).containsExactlyInAnyOrderElementsOf(lost.all(Brick.TABLE));
        assertThat(rebuilt.volumes()).containsExactlyInAnyOrderElementsOf(lost.all(Volume.TABLE));
    }

    private static void byHand(SimulatedService service, HostName host, Command command) {
        new Hosts(service.executor).run(host, new Guard("somebody"), command);
    }

    /** Random requests, most of which succeed. */
    private static final class History {

        private static final List<Durability> DURABILITIES =
                List.of(Durability.none(), Durability.replicate(2), Durability.replicate(3), Durability.disperse(2, 1));

        private final SimulatedService service;
        private final Random random;
        private final Map<String, Integer> done = new TreeMap<>();
        private final Map<String, Integer> refused = new TreeMap<>();
        private int nodes;
        private int names;

        History(SimulatedService service, long seed) {
            this.service = service;
            this.random = new Random(seed);
        }

        void begin() {
            for (String name : List.of("a", "b")) {
                ClusterId cluster = service.cluster(name);
                for (int n = 0; n < 4; n++) {
                    Node node = service.node(cluster, ++nodes);
                    service.device(node, "/dev/vdb");
                    service.device(node, "/dev/vdc");
                }
            }
        }

        void step() {
            int what = random.nextInt(100);
            try {
                if (what < 25) {
                    String option = random.nextBoolean() ? "performance.quick-read off" : "nfs.disable on";
                    Durability durability = DURABILITIES.get(random.nextInt(DURABILITIES.size()));
                    run((rows, attempt) -> service.core
                            .volumePlans()
                            .create(
                                    rows,
                                    SimulatedService.volume(1 + random.nextInt(30), durability, false, option, ""),
                                    attempt));
                } else if (what < 33) {
                    one(Volume.TABLE)
                            .ifPresent(volume -> run((rows, attempt) -> service.core
                                    .volumePlans()
                                    .expand(rows, volume.id(), 1 + random.nextInt(5), attempt)));
                } else if (what < 42) {
                    one(Volume.TABLE)
                            .ifPresent(volume -> run((rows, attempt) ->
                                    service.core.volumePlans().delete(rows, volume.id())));
                } else if (what < 52) {
                    one(Volume.TABLE)
                            .ifPresent(volume -> run((rows, attempt) ->
                                    service.core.clonePlans().clone(rows, volume.id(), "copy" + ++names)));
                } else if (what < 60) {
                    one(Brick.TABLE)
                            .ifPresent(brick -> run((rows, attempt) ->
                                    service.core.evictionPlans().evict(rows, brick.id(), false, attempt)));
                } else if (what < 68) {
                    run((rows, attempt) -> service.core
                            .blockVolumePlans()
                            .create(
                                    rows,
                                    new BlockVolumeCreateRequest(
                                            1 + random.nextInt(4),
                                            List.of(),
                                            "",
                                            random.nextInt(3),
                                            random.nextBoolean()),
                                    service.answering(),
                                    attempt));
                } else if (what < 71) {
                    one(BlockVolume.TABLE)
                            .ifPresent(block -> run((rows, attempt) -> service.core
                                    .blockVolumePlans()
                                    .expand(rows, block.id(), block.sizeGiB() + 1, service.answering())));
                } else if (what < 74) {
                    one(BlockVolume.TABLE)
                            .ifPresent(block -> run((rows, attempt) ->
                                    service.core.blockVolumePlans().delete(rows, block.id(), service.answering())));
                } else if (what < 80) {
                    one(Node.TABLE)
                            .ifPresent(node -> run(
                                    (rows, attempt) -> service.core.nodePlans().setTags(node, tags())));
                } else if (what < 86) {
                    one(Device.TABLE)
                            .ifPresent(device -> run((rows, attempt) ->
                                    service.core.devicePlans().setTags(device, tags())));
                } else if (what < 89) {
                    one(Cluster.TABLE)
                            .ifPresent(cluster -> run((rows, attempt) -> Plan.of("set-cluster-flags")
                                    .updates(Cluster.TABLE, new Cluster(cluster.id(), true, random.nextInt(3) > 0))
                                    .build()));
                } else if (what < 93) {
                    State state = random.nextBoolean() ? State.ONLINE : State.OFFLINE;
                    one(Device.TABLE)
                            .ifPresent(device -> run((rows, attempt) ->
                                    service.core.devicePlans().setState(rows, device.id(), state, false)));
                } else if (what < 95) {
                    State state = random.nextBoolean() ? State.ONLINE : State.OFFLINE;
                    one(Node.TABLE)
                            .ifPresent(node -> run((rows, attempt) ->
                                    service.core.nodePlans().setState(rows, node.id(), state, false)));
                } else if (what < 97) {
                    one(Device.TABLE).ifPresent(this::remove);
                } else if (what < 98) {
                    one(Device.TABLE)
                            .ifPresent(device -> run((rows, attempt) ->
                                    service.core.devicePlans().resync(rows, device.id())));
                } else {
                    one(Cluster.TABLE).ifPresent(cluster -> {
                        Node node = service.node(cluster.id(), ++nodes);
                        service.device(node, "/dev/vdb");
                    });
                }
            } catch (RuntimeException no) {
                refused.merge(no.getClass().getSimpleName(), 1, Integer::sum);
            }
            if (random.nextInt(10) == 0) {
                service.settle();
            }
        }

        private void remove(Device device) {
            run((rows, attempt) -> service.core.devicePlans().setState(rows, device.id(), State.OFFLINE, false));
            run((rows, attempt) -> service.core.devicePlans().setState(rows, device.id(), State.FAILED, false));
            if (random.nextBoolean()) {
                run((rows, attempt) -> service.core.devicePlans().delete(rows, device.id(), false));
            }
        }

        private TagsChangeRequest tags() {
            return new TagsChangeRequest(
                    random.nextBoolean() ? "set" : "update",
                    Map.of("key" + random.nextInt(3), "välue " + random.nextInt(5), "x", ""));
        }

        private void run(bricklayer.operation.Planner planner) {
            Operation ended = service.submit(planner);
            done.merge(ended.kind() + " " + ended.state(), 1, Integer::sum);
        }

        private <K extends Key, V extends Row<K>> Optional<V> one(Table<K, V> table) {
            List<V> all = service.all(table);
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
        }

        @Override
        public String toString() {
            return done + ", refused " + refused;
        }
    }
}
