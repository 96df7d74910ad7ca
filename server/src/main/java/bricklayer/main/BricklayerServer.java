package bricklayer.main;

import bricklayer.adopt.AdoptionRoutes;
import bricklayer.adopt.Adoptions;
import bricklayer.api.Probe;
import bricklayer.backup.Backups;
import bricklayer.backup.BackupsRoutes;
import bricklayer.blockvolume.BlockVolumeRoutes;
import bricklayer.care.CareRoutes;
import bricklayer.care.Doctor;
import bricklayer.care.RebootChecker;
import bricklayer.cluster.ClusterRoutes;
import bricklayer.config.ExecutorConfig;
import bricklayer.config.ServerConfig;
import bricklayer.config.ServerConfig.AdminMode;
import bricklayer.device.DeviceRoutes;
import bricklayer.dump.BackupRoutes;
import bricklayer.dump.DatabaseRoutes;
import bricklayer.events.EventRoutes;
import bricklayer.events.EventStreams;
import bricklayer.examine.ExamineRoutes;
import bricklayer.examine.Examiner;
import bricklayer.executor.counting.CountingExecutor;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.health.Health;
import bricklayer.health.HealthRoutes;
import bricklayer.health.ProbeRoutes;
import bricklayer.health.Probes;
import bricklayer.host.Hosts;
import bricklayer.http.AdminRoutes;
import bricklayer.http.FaultRoutes;
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
import bricklayer.inventory.Node;
import bricklayer.inventory.OwnPicture;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.Lvm;
import bricklayer.metrics.DriftFigures;
import bricklayer.metrics.Metrics;
import bricklayer.metrics.MetricsRoutes;
import bricklayer.migrate.AskedBrickOrders;
import bricklayer.migrate.AskedPhysicalVolumes;
import bricklayer.migrate.HeketiImport;
import bricklayer.migrate.ImportRoutes;
import bricklayer.mount.Mounts;
import bricklayer.node.NewAddress;
import bricklayer.node.NodeRoutes;
import bricklayer.operation.Ids;
import bricklayer.operation.Operation;
import bricklayer.operation.Operations;
import bricklayer.operation.Threads;
import bricklayer.operation.VirtualThreads;
import bricklayer.plan.PlanRoutes;
import bricklayer.plan.Plans;
import bricklayer.plan.ReplayableChance;
import bricklayer.rebuild.RebuildRoutes;
import bricklayer.reconcile.DriftReport;
import bricklayer.reconcile.DriftWatch;
import bricklayer.reconcile.FindingKind;
import bricklayer.reconcile.ReconcileRoutes;
import bricklayer.reconcile.Reconciler;
import bricklayer.reconcile.Standing;
import bricklayer.repeat.Repeats;
import bricklayer.stamp.StampDuty;
import bricklayer.stamp.StampRoutes;
import bricklayer.store.Rows;
import bricklayer.store.Store;
import bricklayer.store.log.LogStore;
import bricklayer.volume.BrickRoutes;
import bricklayer.volume.VolumeRoutes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: every part, wired by hand from bottom to top. */
public final class BricklayerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BricklayerServer.class);

    /** How long operations that are running may take to end when the server stops; the rest is taken up at the next start. */
    private static final Duration QUIET_WAIT = Duration.ofSeconds(15);

    private final Store store;
    private final NodeAccess nodes;
    private final ServerCore core;
    private final HttpServer http;
    private final ServingMode mode;
    private final Optional<Backups> backups;
    private final Optional<Endpoints> endpoints;
    private final EventStreams events;
    private final DriftWatch watch;

    private BricklayerServer(
            Store store,
            NodeAccess nodes,
            ServerCore core,
            HttpServer http,
            ServingMode mode,
            Optional<Backups> backups,
            Optional<Endpoints> endpoints,
            EventStreams events,
            DriftWatch watch) {
        this.watch = watch;
        this.store = store;
        this.nodes = nodes;
        this.core = core;
        this.http = http;
        this.mode = mode;
        this.backups = backups;
        this.endpoints = endpoints;
        this.events = events;
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
        ReplayableChance chance = new ReplayableChance(random);
        Tuning tuning = Tuning.of(config);
        FaultsOnPurpose onPurpose = FaultsOnPurpose.of(config, random);

        try (Unwinding unwinding = new Unwinding()) {
            LogStore store = unwinding.keep(LogStore.open(
                    tuning.storeOptions(),
                    Formats.codec(),
                    clock,
                    Thread.ofPlatform().factory(),
                    onPurpose.faults()));
            Store records = config.gluster().readOnly()
                    ? new LockedStore(store, "glusterfs.db_read_only is set; change it and restart the server")
                    : store;
            NodeAccess nodes = unwinding.keep(NodeAccess.of(config));
            CountingExecutor counted = new CountingExecutor(nodes.executor());
            ServerCore core = ServerCore.over(
                    new ServerCore.Ground(
                            records,
                            onPurpose.around(counted, store::rows),
                            threads,
                            clock,
                            chance,
                            onPurpose.faults()),
                    config);
            Hosts hosts = core.hosts();
            Gluster gluster = core.gluster();
            Operations operations = core.operations();

            Plans plans = new Plans(records, operations, chance, random, clock, tuning.plans(), core.monitor());
            Repeats repeats = new Repeats(
                    records,
                    new Repeats.Settings(
                                    config.queue().repeatsSilence(),
                                    config.queue().repeatsRecognised())
                            .whereAnswersAreHeldBack(config.queue().holdBack()),
                    clock,
                    new Ids(random),
                    BricklayerServer::isAsMade);
            Submissions submissions = new Submissions(operations, plans, repeats);
            ServingMode mode = new ServingMode(config.defaultState(), records::readOnlyReason);
            Optional<Backups> backups =
                    config.store().backups().map(wanted -> new Backups(store, Tuning.backups(wanted), clock, threads));
            Reconciler reconciler = core.reconciler(threads, clock, tuning);
            Standing standing = new Standing(reconciler, operations::find);
            DriftWatch watch =
                    new DriftWatch(reconciler, standing, config.reconcile().period(), threads, clock);
            Optional<Endpoints> endpoints = Optional.of(config.endpoints())
                    .filter(ServerConfig.KubeEndpoints::kept)
                    .map(wanted -> Endpoints.of(wanted, records::rows, clock, threads, random));
            endpoints.ifPresent(unwinding::keep);
            Instant started = clock.instant();
            Health health = new Health(
                    store,
                    operations,
                    records::readOnlyReason,
                    started,
                    List.of(
                            () -> backups.map(Backups::findings).orElseGet(List::of),
                            watch::findings,
                            () -> endpoints.map(kept -> kept.duty().findings()).orElseGet(List::of)));
            Probes probes = new Probes(
                    store,
                    config.store(),
                    operations,
                    health,
                    mode,
                    started,
                    backups.<List<Supplier<Probe.Check>>>map(made -> List.of(made::probed))
                            .orElseGet(List::of));
            Metrics metrics = new Metrics(
                    new Figures(records, operations),
                    new OwnPicture(store, records::readOnlyReason, core.monitor()::isUp));
            metrics.withFaults(onPurpose::figures)
                    .withCommands(counted::commands)
                    .gauge(
                            "bricklayer_operations_stuck",
                            "Open operations that failed three times or more",
                            health::stuckCount)
                    .gauge(
                            "bricklayer_store_sequence",
                            "Number of the newest durable write transaction",
                            () -> store.rows().sequence())
                    .gauge(
                            "bricklayer_store_flushes_total",
                            "Flushes of the log since the start",
                            () -> store.written().frames())
                    .gauge(
                            "bricklayer_store_written_bytes_total",
                            "Bytes written to the log since the start",
                            () -> store.written().bytes())
                    .gauge(
                            "bricklayer_store_replay_bytes",
                            "Bytes of log that the next start would read",
                            store::bytesToReplay)
                    .gauge(
                            "bricklayer_store_flush_running_seconds",
                            "How long the flush of the log under way has taken so far; 0 while there is none",
                            () -> seconds(store.flushTimes().running().orElse(Duration.ZERO)))
                    .gauge(
                            "bricklayer_ready",
                            "Whether /healthz/ready says so",
                            () -> probes.ready().passed() ? 1 : 0)
                    .withFlushTimes(() -> store.flushTimes().distribution());
            metrics.withDrift(() -> reconciler
                    .last()
                    .map(report -> figures(report, standing, reconciler, records.rows(), clock.instant())));
            Adoptions adoptions =
                    core.adoptions(threads, tuning, () -> store.quarantined().size());
            EventStreams events = unwinding.keep(EventStreams.of(store, tuning.events(), threads));
            metrics.gauge("bricklayer_event_readers", "Streams of events that are open", events::open)
                    .gauge(
                            "bricklayer_event_readers_lag_writes",
                            "How many writes the slowest reader of events is behind",
                            events::lag)
                    .gauge(
                            "bricklayer_event_readers_cut_off_total",
                            "Readers of events that took nothing and were cut off since the start",
                            events::cutOff)
                    .gauge(
                            "bricklayer_event_log_readings_total",
                            "How often a reader of events that had fallen behind was sent them from the log since the start",
                            events::pastReadings)
                    .gauge(
                            "bricklayer_event_recent_bytes",
                            "Bytes of events kept in memory for readers that keep up",
                            events::recentBytes)
                    .gauge("bricklayer_event_recent_writes", "Writes kept in memory for them", events::recentWrites);
            List<Routes> routes = List.of(
                    new HelloRoutes(),
                    new ProbeRoutes(probes),
                    new DescriptionRoutes(),
                    new MetricsRoutes(metrics),
                    new QueueRoutes(repeats, operations, records, config.queue().holdBack()),
                    new PlanRoutes(plans),
                    new EventRoutes(events),
                    new HealthRoutes(health, records, Formats.SCHEMA), // before /operations/{id}
                    new OperationRoutes(operations, submissions),
                    new AdminRoutes(mode),
                    new LoggingRoutes(logging),
                    new FaultRoutes(onPurpose.injection()),
                    new DatabaseRoutes(records, operations),
                    new BackupRoutes(store),
                    new BackupsRoutes(backups),
                    new ExamineRoutes(
                            records,
                            operations,
                            new Examiner(
                                    hosts,
                                    gluster,
                                    new GlusterBlock(tuning.blockVolumes().commands()),
                                    new Lvm(tuning.lvm()),
                                    new Mounts(tuning.mount()),
                                    threads)),
                    new CareRoutes(
                            records,
                            new Doctor(
                                    hosts,
                                    threads,
                                    clock,
                                    tuning.mount().fstab(),
                                    config.gluster().executor() instanceof ExecutorConfig.Ssh ssh
                                            ? ssh.channelsPerHostMax()
                                            : 1),
                            new RebootChecker(hosts, gluster)),
                    new ClusterRoutes(records, submissions, core.clusterPlans()),
                    new NodeRoutes(
                            records,
                            submissions,
                            core.nodePlans(),
                            core.glusterd(),
                            nodes.introduction(),
                            new NewAddress(hosts, gluster, new Lvm(tuning.lvm()), core.monitor())),
                    new DeviceRoutes(records, submissions, core.devicePlans(), hosts, new Lvm(tuning.lvm())),
                    new VolumeRoutes(
                            records,
                            submissions,
                            core.volumePlans(),
                            core.clonePlans(),
                            core.deleteCheck(),
                            tuning.volumes()),
                    new BlockVolumeRoutes(records, submissions, core.blockVolumePlans(), core.glusterd(), threads),
                    new BrickRoutes(records, submissions, core.evictionPlans()),
                    new ImportRoutes(
                            records,
                            operations,
                            submissions,
                            new HeketiImport(
                                    Formats.SCHEMA,
                                    new AskedBrickOrders(hosts, gluster),
                                    new AskedPhysicalVolumes(hosts, new Lvm(tuning.lvm())),
                                    draft -> ServerCore.reconciler(
                                            tuning, draft, List::of, hosts, gluster, core.monitor(), threads, clock),
                                    core.volumePlans(),
                                    core.evictionPlans(),
                                    core.blockVolumePlans(),
                                    new StampDuty(core.ids()))),
                    new StampRoutes(store, submissions, core.stamps(), core.ids()),
                    new RebuildRoutes(store, submissions, Rebuild.reader(hosts, tuning, threads)),
                    new AdoptionRoutes(records, submissions, adoptions),
                    new ReconcileRoutes(
                            records,
                            operations,
                            reconciler,
                            core.repairs(tuning, () -> store.quarantined().size()),
                            (rows, cluster, volume) -> adoptions.adoption(rows, Optional.of(cluster), volume, false),
                            standing,
                            watch));
            List<Gate> gates = new ArrayList<>();
            config.jwt().ifPresent(keys -> gates.add(new TokenGate(keys, clock)));
            gates.add(new ModeGate(mode));

            endpoints.ifPresent(kept -> metrics.gauge(
                    "bricklayer_kube_endpoints_failures_total",
                    "Attempts to keep services and endpoints in Kubernetes that failed since the start",
                    kept.duty()::failures));
            backups.ifPresent(made -> metrics.gauge(
                            "bricklayer_backup_age_seconds",
                            "Since a backup was last found whole; -1 when none was",
                            made::ageSeconds)
                    .gauge(
                            "bricklayer_backup_failures_total",
                            "Backups that could not be made since the start",
                            made::failures));
            health.logWhatIsWrong();
            unwinding.keep(core::stop);
            core.start(config);
            if (records.readOnlyReason().isEmpty()) {
                backups.ifPresent(made -> unwinding.keep(made).start());
                endpoints.ifPresent(kept -> kept.duty().start());
            }
            unwinding.keep(watch).start();
            HttpServer http = unwinding.keep(HttpServer.start(config.http(), gates, routes, metrics, random));
            unwinding.done();
            return new BricklayerServer(store, nodes, core, http, mode, backups, endpoints, events, watch);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static DriftFigures figures(
            DriftReport report, Standing standing, Reconciler reconciler, Rows rows, Instant now) {
        Map<String, Integer> counts = new HashMap<>(standing.counts());
        for (FindingKind kind : FindingKind.values()) {
            counts.putIfAbsent(kind.wire(), 0);
        }
        return new DriftFigures(
                counts,
                (int) (report.findings().size() - report.unexplained()),
                report.unknownNodes(),
                report.unknown().size(),
                Duration.between(report.began(), now),
                report.took(),
                reconciler.fullestPools().entrySet().stream()
                        .flatMap(entry -> rows.get(Node.TABLE, entry.getKey()).stream()
                                .map(node -> new DriftFigures.Pool(
                                        node.cluster().value(),
                                        node.id().value(),
                                        node.manageHosts().getFirst(),
                                        entry.getValue().data(),
                                        entry.getValue().metadata())))
                        .toList());
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
        events.close();
        http.close();
        core.stop();
        backups.ifPresent(Backups::close);
        watch.close();
        endpoints.ifPresent(Endpoints::close);
        try {
            if (!core.operations().awaitQuiet(QUIET_WAIT)) {
                LOG.warn("operations are still running; the next start takes them up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        nodes.close();
        store.close();
    }

    private static boolean isAsMade(Rows rows, String path) {
        VolumeId id = new VolumeId(path.substring(path.lastIndexOf('/') + 1));
        return rows.get(Volume.TABLE, id).isPresent() && !Operation.isHeld(rows, Volume.TABLE, id);
    }
}
