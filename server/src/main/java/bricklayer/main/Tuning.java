package bricklayer.main;

import bricklayer.backup.BackupSettings;
import bricklayer.blockvolume.BlockVolumeSettings;
import bricklayer.brick.SizeLimits;
import bricklayer.config.GlusterConfig;
import bricklayer.config.GlusterConfig.ZoneChecking;
import bricklayer.config.NodeConfig;
import bricklayer.config.ServerConfig;
import bricklayer.events.EventSettings;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.lvm.LvmSettings;
import bricklayer.mount.MountSettings;
import bricklayer.node.HealthMonitor;
import bricklayer.operation.OperationSettings;
import bricklayer.plan.Plans;
import bricklayer.store.log.LogStore;
import bricklayer.volume.VolumeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The configuration in the words of each part, so that no part knows the configuration file. */
record Tuning(
        LogStore.Options storeOptions,
        OperationSettings operations,
        VolumeLimits volumes,
        LvmSettings lvm,
        MountSettings mount,
        GlusterSettings gluster,
        HealthMonitor.Rhythm watching,
        BlockVolumeSettings blockVolumes,
        Plans.Settings plans,
        int reconciledAtOnce,
        EventSettings events) {

    static Tuning of(ServerConfig config) {
        GlusterConfig gluster = config.gluster();
        NodeConfig node = gluster.node();
        return new Tuning(
                storeOptions(config),
                OperationSettings.DEFAULTS
                        .withMaxInFlight(gluster.operations().inFlightMax())
                        .withLongestRetryAtMost(gluster.operations().longestRetryPause())
                        .withAnswers(
                                config.queue().answersKept(), config.queue().answersMax()),
                volumes(gluster),
                lvm(node),
                new MountSettings(
                        node.fstab(),
                        node.mountOptions(),
                        node.xfsSu().orElse(0),
                        node.xfsSw().orElse(0),
                        MountSettings.DEFAULTS.deadline()),
                new GlusterSettings(node.glusterCliTimeout()),
                new HealthMonitor.Rhythm(
                        gluster.monitor().startAfter(), gluster.monitor().every()),
                new BlockVolumeSettings(
                        new GlusterBlockSettings(node.blockPrealloc(), GlusterBlockSettings.DEFAULTS.deadline()),
                        gluster.block().autoCreateHostingVolume(),
                        gluster.block().hostingVolumeSizeGiB()),
                new Plans.Settings(config.plans().kept(), config.plans().max()),
                config.reconcile().nodesAtOnce(),
                events(config));
    }

    private static EventSettings events(ServerConfig config) {
        ServerConfig.EventsConfig events = config.events();
        return new EventSettings(
                events.readersMax(),
                events.recentWritesMax(),
                events.recentBytesMax(),
                events.heartbeat(),
                events.stalledAfter(),
                events.longest());
    }

    private static LogStore.Options storeOptions(ServerConfig config) {
        LogStore.Options options = LogStore.Options.in(journal(config.data()))
                .withCheckpointBytes(config.store().checkpointBytes());
        return config.store()
                .backups()
                .filter(ServerConfig.BackupConfig::keepLog)
                .map(backups -> options.withArchive(backups(backups).archive()))
                .orElse(options);
    }

    static BackupSettings backups(ServerConfig.BackupConfig config) {
        return new BackupSettings(config.folder(), config.period(), config.kept());
    }

    /** Where in the data folder the records are. */
    static Path journal(Path data) {
        return data.resolve("journal");
    }

    /** The most that a command on a node may take, with something to spare. */
    Duration longestDeadline() {
        return Stream.of(
                        lvm.deadline(),
                        mount.deadline(),
                        gluster.deadline(),
                        blockVolumes.commands().deadline())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plusMinutes(1);
    }

    private static VolumeLimits volumes(GlusterConfig gluster) {
        GlusterConfig.Placement placement = gluster.placement();
        return new VolumeLimits(
                SizeLimits.ofGiB(
                        placement.brickMinSizeGiB(), placement.brickMaxSizeGiB(), placement.bricksPerVolumeMax()),
                placement.volumesPerClusterMax().orElse(-1),
                gluster.operations().volumeCreateRetries() + 1,
                placement.averageFileSizeKiB(),
                placement.zoneChecking() == ZoneChecking.STRICT
                        ? ZoneChecking.STRICT.name().toLowerCase(Locale.ROOT)
                        : "none",
                gluster.preRequestVolumeOptions(),
                gluster.postRequestVolumeOptions(),
                gluster.block().hostingVolumeOptions(),
                gluster.node().rebalanceOnExpansion());
    }

    private static LvmSettings lvm(NodeConfig node) {
        List<String> program = new ArrayList<>(node.lvmWrapper());
        program.addAll(LvmSettings.DEFAULTS.program());
        return new LvmSettings(
                program,
                node.pvDataAlignment(),
                node.vgPhysicalExtentSize(),
                node.lvChunkSize(),
                node.backupLvmMetadata(),
                LvmSettings.DEFAULTS.deadline());
    }
}
