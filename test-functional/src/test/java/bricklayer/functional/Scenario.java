package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ClusterInfo;
import bricklayer.api.DeviceInfo;
import bricklayer.api.NodeInfo;
import bricklayer.api.StateRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.client.BricklayerClient;
import bricklayer.client.Credentials;
import bricklayer.client.Patience;
import bricklayer.client.TopologyLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * One story about the whole service, told once for simulated nodes and once for real ones: a subclass for each says which. Everything a run leaves (logs, data)
 * lies in {@code target/functional/NAME} until the next.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Scenario {

    /** No operation takes as long, whatever else the machine does. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    final Path folder =
            Path.of("target", "functional", getClass().getSimpleName()).toAbsolutePath();

    @SuppressWarnings("NullAway.Init")
    Stand stand;

    @SuppressWarnings("NullAway.Init")
    ServerProcess server;

    @SuppressWarnings("NullAway.Init")
    BricklayerClient client;

    /**
     * New nodes.
     *
     * @param folderOfNodes for whatever they need; it does not exist yet
     */
    abstract Stand newNodes(Path folderOfNodes);

    @BeforeAll
    void begin() throws IOException {
        delete(folder);
        stand = newNodes(folder.resolve("nodes"));
        server = ServerProcess.start(folder.resolve("server"), access());
        client = clientOf(server);
    }

    /** How the server is configured. */
    Stand.Access access() {
        return stand.access();
    }

    @AfterAll
    void end() {
        // begin() may have been cut short
        if (server != null) {
            server.close();
        }
    }

    static BricklayerClient clientOf(ServerProcess process) {
        return BricklayerClient.to(process.uri())
                .as(Credentials.admin(ServerProcess.ADMIN_KEY))
                .patience(Patience.NORMAL.withOperation(PATIENCE))
                .build();
    }

    void loadTopology(int devices) {
        TopologyLoad load = client.loadTopology(stand.topology(devices), step -> {});
        assertThat(load.refused()).isEmpty();
        assertThat(load.devicesAdded()).isEqualTo(3 * devices);
    }

    /** What is on the nodes; if need be, the server goes away for it. No operation may be open. */
    Look look() {
        if (!stand.liesInsideServer()) {
            return stand.look();
        }
        server.stop();
        Look look = stand.look();
        server.restart();
        return look;
    }

    /** What comes of each, in the order given, all asked for at the same time: on real nodes most of an operation's time is waiting. */
    static <A, R> List<R> atOnce(List<A> all, Function<A, R> task) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running =
                    all.stream().map(one -> each.submit(() -> task.apply(one))).toList();
            List<R> results = new ArrayList<>();
            for (Future<R> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    void deleteVolumes() {
        atOnce(client.volumes(), id -> {
            client.deleteVolume(id);
            return id;
        });
    }

    void awaitNoOperations() {
        Eventually.within(
                PATIENCE,
                Duration.ofMillis(50),
                "no operation is open",
                () -> client.operations().total() == 0);
    }

    List<VolumeInfo> volumes() {
        return client.volumes().stream().map(client::volume).toList();
    }

    Stream<NodeInfo> nodes() {
        return client.clusters().stream()
                .map(client::cluster)
                .map(ClusterInfo::nodes)
                .flatMap(List::stream)
                .map(client::node);
    }

    Stream<DeviceInfo> devices() {
        return nodes().map(NodeInfo::devices).flatMap(List::stream);
    }

    /** Manage host names by node id. */
    Map<String, String> manageHosts() {
        return nodes().collect(Collectors.toMap(
                NodeInfo::id, node -> node.hostnames().manage().getFirst()));
    }

    /** What these volumes must have left on the nodes, in the words of {@link Look#traces}, if nothing is missing and nothing too much. */
    SortedSet<String> expectedTraces(List<VolumeInfo> volumes) {
        Map<String, String> hosts = manageHosts();
        SortedSet<String> expected = new TreeSet<>();
        volumes.stream().flatMap(volume -> volume.bricks().stream()).forEach(brick -> {
            String mountPoint = brick.path().substring(0, brick.path().lastIndexOf('/'));
            String group = "vg_" + brick.device();
            String host = hosts.get(brick.node());
            expected.add(host + " lv " + group + "/brick_" + brick.id());
            expected.add(host + " lv " + group + "/tp_" + brick.id());
            expected.add(host + " mount " + mountPoint);
            expected.add(host + " fstab " + mountPoint);
            expected.add(host + " directory " + mountPoint);
        });
        return expected;
    }

    /** Gluster's names for the bricks of each volume, sorted. */
    Map<String, List<String>> expectedBricks(List<VolumeInfo> volumes) {
        Map<String, String> storage = nodes().collect(Collectors.toMap(
                NodeInfo::id, node -> node.hostnames().storage().getFirst()));
        return new TreeMap<>(volumes.stream()
                .collect(Collectors.toMap(
                        VolumeInfo::name,
                        volume -> volume.bricks().stream()
                                .map(brick -> storage.get(brick.node()) + ":" + brick.path())
                                .sorted()
                                .toList())));
    }

    /** Records and nodes agree: every listed volume is there, whole, and nothing else is. */
    void assertAgree(List<VolumeInfo> listed, Look seen) {
        assertThat(seen.bricks()).as("gluster volumes").isEqualTo(expectedBricks(listed));
        assertThat(seen.traces())
                .as("logical volumes, mounts, fstab lines, mount points")
                .isEqualTo(expectedTraces(listed));
    }

    void assertNoSpaceUsed() {
        assertThat(devices().map(device -> device.storage().usedKiB()))
                .as("KiB used of each device")
                .containsOnly(0L);
    }

    /** Devices, nodes and clusters, as a person would who gives up. */
    void removeEverything() {
        devices().forEach(device -> {
            client.setDeviceState(device.id(), new StateRequest("offline", ""));
            client.setDeviceState(device.id(), new StateRequest("failed", ""));
            client.deleteDevice(device.id());
        });
        nodes().forEach(node -> client.deleteNode(node.id()));
        client.clusters().forEach(client::deleteCluster);
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
