package bricklayer.tools.bench;

import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.Executor;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.NodeId;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.main.Formats;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.VirtualThreads;
import bricklayer.reconcile.DriftReport;
import bricklayer.reconcile.DriftReport.Aged;
import bricklayer.reconcile.DriftReport.Gap;
import bricklayer.reconcile.Reconciler;
import bricklayer.reconcile.Reconciler.Scope;
import bricklayer.store.memory.MemoryStore;
import bricklayer.survey.Surveyor;
import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Measures a comparison of all records with all nodes, {@code GET /reconcile} without HTTP. The nodes are simulated and lie in the same heap; what they need to answer is counted as if it were the
 * comparison's own. Memory that goes beyond what may be used is taken away before, so that a run that ends has kept to it.
 */
public final class DiffBench {

    private static final long MIB = 1 << 20;
    private static final int NODES_AT_ONCE = 32;
    private static final int DEVICES_A_NODE = 4;
    /** So that a piece and its header fill a region of the collector, whatever size those have. */
    private static final int BALLAST = (1 << 20) - 64;

    private DiffBench() {}

    /**
     * @param roomMib memory for the comparison; 0 for whatever there is
     * @throws IllegalArgumentException when the heap is too small for that
     */
    public static DiffBenchReport run(int clusters, int nodes, int volumes, int roomMib) {
        MemoryStore store = new MemoryStore(Formats.SCHEMA);
        SimulatedNodes simulated = SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS);
        LargeWorld world = new LargeWorld(
                store,
                simulated,
                new LargeWorld.Shape(
                        clusters, nodes / clusters, DEVICES_A_NODE, volumes / clusters, LargeWorld.OnNodes.DRIFTED));
        Counting executor = new Counting(new SimulatedExecutor(simulated, pause -> {}));
        Surveyor surveyor = new Surveyor(
                new Hosts(executor),
                new Lvm(LvmSettings.DEFAULTS),
                new Mounts(MountSettings.DEFAULTS),
                new Gluster(GlusterSettings.DEFAULTS),
                new GlusterBlock(GlusterBlockSettings.DEFAULTS));
        Reconciler reconciler = new Reconciler(
                store,
                List::of,
                surveyor,
                KnownDown.NOBODY,
                new VirtualThreads(),
                InstantSource.system(),
                NODES_AT_ONCE);
        long before = used();
        List<byte[]> ballast = ballast(before, roomMib);
        long weighed = used();
        AtomicLong peak = new AtomicLong(weighed);
        NotificationListener listener = (notification, handback) -> {
            if (notification.getUserData() instanceof CompositeData data) {
                long alive =
                        GarbageCollectionNotificationInfo.from(data)
                                .getGcInfo()
                                .getMemoryUsageAfterGc()
                                .values()
                                .stream()
                                .mapToLong(MemoryUsage::getUsed)
                                .sum();
                peak.accumulateAndGet(alive, Math::max);
            }
        };
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        listen(listener, true);
        long processor = system.getProcessCpuTime();
        DriftReport report = reconciler.run(Scope.ALL, SILENT);
        double cpuSeconds = (system.getProcessCpuTime() - processor) / 1e9;
        listen(listener, false);
        if (report.unknown().size() > 0) {
            throw new IllegalStateException(
                    "a part could not be told: " + report.unknown().getFirst());
        }
        long room = (Runtime.getRuntime().maxMemory() - before) / MIB - ballast.size() * (BALLAST + 64L) / MIB;
        return new DiffBenchReport(
                clusters,
                report.nodes(),
                volumes / clusters * clusters,
                world.bricks(),
                report.took().toMillis() / 1000.0,
                cpuSeconds,
                before / MIB,
                room,
                (peak.get() - weighed) / MIB,
                (double) executor.asked.get() / report.nodes(),
                executor.bytes.get() / MIB,
                world.drifts(),
                report.findings().size());
    }

    private static List<byte[]> ballast(long before, int roomMib) {
        List<byte[]> ballast = new ArrayList<>();
        if (roomMib > 0) {
            long tooMuch = Runtime.getRuntime().maxMemory() - before - roomMib * MIB;
            if (tooMuch < 0) {
                throw new IllegalArgumentException("the heap may have "
                        + Runtime.getRuntime().maxMemory() / MIB + " MiB, and " + before / MIB + " + " + roomMib
                        + " MiB are needed: start Java with a larger -Xmx");
            }
            for (long taken = 0; taken + BALLAST < tooMuch; taken += BALLAST + 64) {
                ballast.add(new byte[BALLAST]);
            }
        }
        return ballast;
    }

    /** After collections. Live objects need some rounds until nothing is freed any more. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void listen(NotificationListener listener, boolean on) {
        ManagementFactory.getGarbageCollectorMXBeans().forEach(bean -> {
            if (bean instanceof NotificationEmitter emitter) {
                try {
                    if (on) {
                        emitter.addNotificationListener(listener, null, null);
                    } else {
                        emitter.removeNotificationListener(listener);
                    }
                } catch (javax.management.ListenerNotFoundException e) {
                    throw new IllegalStateException("it was added before", e);
                }
            }
        });
    }

    private static final Reconciler.Listener SILENT = new Reconciler.Listener() {
        @Override
        public void looked(NodeId node, int done, int of, String trouble) {}

        @Override
        public void found(Aged finding) {}

        @Override
        public void unknown(Gap gap) {}
    };

    /** Counts questions and what came back. */
    private static final class Counting implements Executor {

        private final Executor inner;
        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        Counting(Executor inner) {
            this.inner = inner;
        }

        @Override
        public CommandResult ask(HostName host, Command command) {
            asked.incrementAndGet();
            CommandResult result = inner.ask(host, command);
            if (result instanceof CommandResult.Exited exited) {
                bytes.addAndGet(exited.out().length());
            }
            return result;
        }

        @Override
        public CommandResult change(HostName host, Guard guard, Command command) {
            throw new IllegalStateException("a comparison changes nothing: " + command);
        }

        @Override
        public CommandResult settle(HostName host, Guard guard) {
            throw new IllegalStateException("a comparison leaves nothing to wait for");
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
