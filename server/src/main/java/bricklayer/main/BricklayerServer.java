package bricklayer.main;

import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.blockvolume.BlockVolumeRoutes;
import bricklayer.brick.BrickLanes;
import bricklayer.cluster.ClusterPlans;
import bricklayer.cluster.ClusterRoutes;
import bricklayer.config.ServerConfig;
import bricklayer.config.ServerConfig.AdminMode;
import bricklayer.device.DevicePlans;
import bricklayer.device.DeviceRoutes;
import bricklayer.device.PhysicalVolumeIds;
import bricklayer.dump.BackupRoutes;
import bricklayer.dump.DatabaseRoutes;
import bricklayer.dump.Generation;
import bricklayer.examine.ExamineRoutes;
import bricklayer.examine.Examiner;
import bricklayer.fault.Faults;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.Hosts;
import bricklayer.http.AdminRoutes;
import bricklayer.http.Gate;
import bricklayer.http.HelloRoutes;
import bricklayer.http.HttpServer;
import bricklayer.http.LoggingRoutes;
import bricklayer.http.ModeGate;
import bricklayer.http.OperationRoutes;
import bricklayer.http.QueueRoutes;
import bricklayer.http.Routes;
import bricklayer.http.ServingMode;
import bricklayer.http.Submissions;
import bricklayer.http.auth.TokenGate;
import bricklayer.http.description.DescriptionRoutes;
import bricklayer.inventory.Figures;
import bricklayer.inventory.OccupiedSpace;
import bricklayer.inventory.OwnPicture;
import bricklayer.lvm.Lvm;
import bricklayer.metrics.Metrics;
import bricklayer.metrics.MetricsRoutes;
import bricklayer.mount.Mounts;
import bricklayer.node.GlusterdWatch;
import bricklayer.node.HealthMonitor;
import bricklayer.node.NodePlans;
import bricklayer.node.NodeRoutes;
import bricklayer.operation.Cleaner;
import bricklayer.operation.Ids;
import bricklayer.operation.Operations;
import bricklayer.operation.Threads;
import bricklayer.operation.VirtualThreads;
import bricklayer.store.Store;
import bricklayer.store.log.LogStore;
import bricklayer.volume.BrickRoutes;
import bricklayer.volume.ClonePlans;
import bricklayer.volume.DeleteCheck;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.Removals;
import bricklayer.volume.VolumePlans;
import bricklayer.volume.VolumeRoutes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: every part, wired by hand from bottom to top. */
public final class BricklayerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BricklayerServer.class);

    /** How long operations that are running may take to end when the server stops; the rest is taken up at the next start. */
    private static final Duration QUIET_WAIT = Duration.ofSeconds(15);

    private final Store store;
    private final NodeAccess nodes;
    private final Operations operations;
    private final Cleaner cleaner;
    private final HealthMonitor monitor;
    private final HttpServer http;
    private final ServingMode mode;

    private BricklayerServer(
            Store store,
            NodeAccess nodes,
            Operations operations,
            Cleaner cleaner,
            HealthMonitor monitor,
            HttpServer http,
            ServingMode mode) {
        this.store = store;
        this.nodes = nodes;
        this.operations = operations;
        this.cleaner = cleaner;
        this.monitor = monitor;
        this.http = http;
        this.mode = mode;
    }

    /**
     * Returns when requests are served. What an earlier process left open is taken up in the background.
     *
     * @throws RuntimeException when a part cannot start; nothing is left running
     */
    public static BricklayerServer start(ServerConfig config) {
        Logging logging = new Logging(config.gluster().logLevel());
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Threads threads = new VirtualThreads();
        Ids ids = new Ids(random);
        Tuning tuning = Tuning.of(config);

        try (Unwinding unwinding = new Unwinding()) {
            LogStore store = unwinding.keep(LogStore.open(
                    tuning.storeOptions(),
                    Formats.codec(),
                    clock,
                    Thread.ofPlatform().factory(),
                    Faults.NONE));
            if (store.readOnlyReason().isEmpty()) {
                Generation.ensure(store, ids);
            }
            NodeAccess nodes = unwinding.keep(NodeAccess.of(config));
            Hosts hosts = new Hosts(nodes.executor());
            Gluster gluster = new Gluster(tuning.gluster());
            HealthMonitor monitor =
                    unwinding.keep(new HealthMonitor(store::rows, hosts, gluster, threads, clock, tuning.watching()));
            BrickLanes bricks = new BrickLanes(tuning.lvm(), tuning.mount());
            VolumePlans volumePlans = new VolumePlans(ids, bricks, tuning.gluster(), tuning.volumes(), monitor);
            EvictionPlans evictionPlans = new EvictionPlans(ids, bricks, volumePlans);
            Operations operations = new Operations(
                    store,
                    hosts,
                    threads,
                    clock,
                    ids,
                    Faults.NONE,
                    tuning.operations(),
                    new Removals(evictionPlans),
                    new OccupiedSpace());

            Submissions submissions = new Submissions(operations);
            ServingMode mode = new ServingMode(config.defaultState(), () -> recordsReadOnly(config, store));
            Metrics metrics = new Metrics(
                    new Figures(store, operations),
                    new OwnPicture(store, () -> recordsReadOnly(config, store), monitor::isUp));
            GlusterdWatch glusterd = new GlusterdWatch(hosts, gluster, monitor);
            List<Routes> routes = List.of(
                    new HelloRoutes(),
                    new DescriptionRoutes(),
                    new MetricsRoutes(metrics),
                    new QueueRoutes(operations),
                    new OperationRoutes(operations, submissions),
                    new AdminRoutes(mode),
                    new LoggingRoutes(logging),
                    new DatabaseRoutes(store, operations),
                    new BackupRoutes(store),
                    new ExamineRoutes(
                            store,
                            operations,
                            new Examiner(
                                    hosts,
                                    gluster,
                                    new GlusterBlock(tuning.blockVolumes().commands()),
                                    new Lvm(tuning.lvm()),
                                    new Mounts(tuning.mount()),
                                    threads)),
                    new ClusterRoutes(store, submissions, new ClusterPlans(ids)),
                    new NodeRoutes(
                            store,
                            submissions,
                            new NodePlans(
                                    ids,
                                    tuning.gluster(),
                                    monitor,
                                    config.gluster().node().snapshotLimit()),
                            glusterd,
                            nodes.introduction()),
                    new DeviceRoutes(
                            store,
                            submissions,
                            new DevicePlans(ids, new PhysicalVolumeIds(random), tuning.lvm(), tuning.mount()),
                            hosts,
                            new Lvm(tuning.lvm())),
                    new VolumeRoutes(
                            store,
                            submissions,
                            volumePlans,
                            new ClonePlans(ids, tuning.mount(), tuning.volumes(), volumePlans),
                            new DeleteCheck(hosts, gluster, monitor),
                            tuning.volumes()),
                    new BlockVolumeRoutes(
                            store,
                            submissions,
                            new BlockVolumePlans(ids, volumePlans, tuning.blockVolumes()),
                            glusterd,
                            threads),
                    new BrickRoutes(store, submissions, evictionPlans));
            List<Gate> gates = new ArrayList<>();
            config.jwt().ifPresent(keys -> gates.add(new TokenGate(keys, clock)));
            gates.add(new ModeGate(mode));

            store.readOnlyReason()
                    .ifPresent(why ->
                            LOG.error("the store is open for reading only, every change will be refused: {}", why));
            Cleaner cleaner = unwinding.keep(
                    new Cleaner(operations, threads, tuning.operations().cleanerPeriod()));
            cleaner.start();
            if (config.gluster().monitor().enabled()) {
                monitor.start();
            }
            HttpServer http = unwinding.keep(HttpServer.start(config.http(), gates, routes, metrics, random));
            unwinding.done();
            return new BricklayerServer(store, nodes, operations, cleaner, monitor, http, mode);
        }
    }

    private static Optional<String> recordsReadOnly(ServerConfig config, Store store) {
        return config.gluster().readOnly()
                ? Optional.of("glusterfs.db_read_only is set; change it and restart the server")
                : store.readOnlyReason();
    }

    /** Serves all requests, whatever mode was set. */
    void serveNormally() {
        mode.set(AdminMode.NORMAL);
    }

    /** The port it listens on. */
    public int port() {
        return http.port();
    }

    /** What is served, each as its method, a blank, and its path. The documents are checked against it. */
    SortedSet<String> routes() {
        return http.routes();
    }

    /** Takes no more requests, lets running operations end if they do so soon, and closes the store. Whatever is still open is taken up at the next start. */
    @Override
    public void close() {
        http.close();
        cleaner.close();
        monitor.close();
        try {
            if (!operations.awaitQuiet(QUIET_WAIT)) {
                LOG.warn("operations are still running; the next start takes them up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        nodes.close();
        store.close();
    }
}
