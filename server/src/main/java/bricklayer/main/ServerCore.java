package bricklayer.main;

import bricklayer.adopt.AdoptionPlans;
import bricklayer.adopt.Adoptions;
import bricklayer.adopt.Scout;
import bricklayer.blockvolume.BlockVolumePlans;
import bricklayer.brick.BrickLanes;
import bricklayer.brick.BrickRepairs;
import bricklayer.cluster.ClusterPlans;
import bricklayer.config.ServerConfig;
import bricklayer.device.DevicePlans;
import bricklayer.device.PhysicalVolumeIds;
import bricklayer.dump.Generation;
import bricklayer.fault.Faults;
import bricklayer.gluster.Gluster;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.host.Executor;
import bricklayer.host.Hosts;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.OccupiedSpace;
import bricklayer.lvm.Lvm;
import bricklayer.mount.Mounts;
import bricklayer.node.GlusterdWatch;
import bricklayer.node.HealthMonitor;
import bricklayer.node.NodePlans;
import bricklayer.node.PeerRepairs;
import bricklayer.operation.Cleaner;
import bricklayer.operation.Ids;
import bricklayer.operation.Operation;
import bricklayer.operation.Operations;
import bricklayer.operation.Threads;
import bricklayer.reconcile.Reconciler;
import bricklayer.reconcile.Repairs;
import bricklayer.stamp.StampDuty;
import bricklayer.stamp.StampRepairs;
import bricklayer.stamp.Stamper;
import bricklayer.stamp.Stamps;
import bricklayer.store.Store;
import bricklayer.survey.Surveyor;
import bricklayer.volume.ClonePlans;
import bricklayer.volume.DeleteCheck;
import bricklayer.volume.EvictionPlans;
import bricklayer.volume.ReadOnlyVolumes;
import bricklayer.volume.Removals;
import bricklayer.volume.VolumePlans;
import bricklayer.volume.VolumeRepairs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A server without its front door: the records, the engine, the planners and the watch over the nodes, wired by hand. What it runs on is passed in, so that it can be
 * run on virtual time as well.
 */
public record ServerCore(
        Store store,
        Hosts hosts,
        Gluster gluster,
        Ids ids,
        HealthMonitor monitor,
        GlusterdWatch glusterd,
        Operations operations,
        Cleaner cleaner,
        Stamps stamps,
        Stamper stamper,
        ClusterPlans clusterPlans,
        NodePlans nodePlans,
        DevicePlans devicePlans,
        VolumePlans volumePlans,
        ClonePlans clonePlans,
        EvictionPlans evictionPlans,
        BlockVolumePlans blockVolumePlans,
        DeleteCheck deleteCheck) {

    /** How soon the nodes are told what changed. */
    private static final Duration STAMPER_PERIOD = Duration.ofSeconds(2);

    /**
     * What a server runs on.
     *
     * @param store open; not closed by the core
     * @param executor the way to the nodes; not closed by the core
     * @param faults reached at each step and each durable write of an operation
     */
    public record Ground(
            Store store,
            Executor executor,
            Threads threads,
            InstantSource clock,
            RandomGenerator random,
            Faults faults) {}

    /** Wires the parts; nothing runs yet. */
    public static ServerCore over(Ground ground, ServerConfig config) {
        Tuning tuning = Tuning.of(config);
        Store store = ground.store();
        Ids ids = new Ids(ground.random());
        if (store.readOnlyReason().isEmpty()) {
            Generation.ensure(store, ids);
        }
        Hosts hosts = new Hosts(ground.executor());
        Gluster gluster = new Gluster(tuning.gluster());
        HealthMonitor monitor =
                new HealthMonitor(store::rows, hosts, gluster, ground.threads(), ground.clock(), tuning.watching());
        BrickLanes bricks = new BrickLanes(tuning.lvm(), tuning.mount());
        VolumePlans volumePlans = new VolumePlans(ids, bricks, tuning.gluster(), tuning.volumes(), monitor);
        EvictionPlans evictionPlans = new EvictionPlans(ids, bricks, volumePlans);
        Operations operations = new Operations(
                store,
                hosts,
                ground.threads(),
                ground.clock(),
                ids,
                ground.faults(),
                tuning.operations(),
                new Removals(evictionPlans),
                new OccupiedSpace(),
                new ReadOnlyVolumes(new StampDuty(ids)));
        Stamps stamps = new Stamps(hosts, tuning.lvm(), tuning.gluster(), ground.threads(), monitor);
        return new ServerCore(
                store,
                hosts,
                gluster,
                ids,
                monitor,
                new GlusterdWatch(hosts, gluster, monitor),
                operations,
                new Cleaner(operations, ground.threads(), tuning.operations().cleanerPeriod()),
                stamps,
                new Stamper(store, operations, stamps, ground.threads(), ground.clock(), STAMPER_PERIOD),
                new ClusterPlans(ids),
                new NodePlans(
                        ids, tuning.gluster(), monitor, config.gluster().node().snapshotLimit()),
                new DevicePlans(ids, new PhysicalVolumeIds(ground.random()), tuning.lvm(), tuning.mount()),
                volumePlans,
                new ClonePlans(ids, tuning.mount(), tuning.volumes(), volumePlans),
                evictionPlans,
                new BlockVolumePlans(ids, volumePlans, tuning.blockVolumes()),
                new DeleteCheck(hosts, gluster, monitor));
    }

    /** Compares records and nodes. */
    Reconciler reconciler(Threads threads, InstantSource clock, Tuning tuning) {
        return reconciler(tuning, store, operations::abandoned, hosts, gluster, monitor, threads, clock);
    }

    /** For the records of any store, and the nodes that they name. */
    static Reconciler reconciler(
            Tuning tuning,
            Store records,
            Supplier<List<Operation>> abandoned,
            Hosts hosts,
            Gluster gluster,
            KnownDown down,
            Threads threads,
            InstantSource clock) {
        Surveyor surveyor = surveyor(tuning, hosts, gluster);
        return new Reconciler(records, abandoned, surveyor, down, threads, clock, tuning.reconciledAtOnce());
    }

    /** Takes over gluster volumes that no record names. */
    Adoptions adoptions(Threads threads, Tuning tuning, IntSupplier unreadableRows) {
        Mounts mounts = new Mounts(tuning.mount());
        return new Adoptions(
                new Scout(surveyor(tuning, hosts, gluster), hosts, mounts, monitor, threads),
                new AdoptionPlans(ids, tuning.gluster(), monitor, new VolumeRepairs(volumePlans)),
                unreadableRows);
    }

    private static Surveyor surveyor(Tuning tuning, Hosts hosts, Gluster gluster) {
        return new Surveyor(
                hosts,
                new Lvm(tuning.lvm()),
                new Mounts(tuning.mount()),
                gluster,
                new GlusterBlock(tuning.blockVolumes().commands()));
    }

    Repairs repairs(Tuning tuning, IntSupplier unreadableRows) {
        return new Repairs(
                unreadableRows,
                new BrickRepairs(tuning.lvm(), tuning.mount()),
                new VolumeRepairs(volumePlans),
                new PeerRepairs(tuning.gluster()),
                devicePlans,
                tuning.lvm(),
                tuning.mount(),
                tuning.blockVolumes().commands(),
                new StampRepairs(ids, tuning.lvm(), tuning.gluster()));
    }

    /** What was left open is taken up, and the nodes are watched if that is configured. */
    public void start(ServerConfig config) {
        cleaner.start();
        stamper.start();
        if (config.gluster().monitor().enabled()) {
            monitor.start();
        }
    }

    /** Takes up nothing more; what is under way goes on. */
    public void stop() {
        cleaner.close();
        stamper.close();
        monitor.close();
    }
}
