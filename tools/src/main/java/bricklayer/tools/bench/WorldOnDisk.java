package bricklayer.tools.bench;

import bricklayer.executor.simulated.SimulatedNodes;
import bricklayer.executor.simulated.SimulatedSettings;
import bricklayer.fault.Faults;
import bricklayer.main.Formats;
import bricklayer.main.Rebuild;
import bricklayer.store.log.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A server's data folder with very many records, and simulated nodes that agree with them, as if all volumes had been asked for one after the other. Made in a
 * minute instead of hours, so that a server at that size can be measured.
 */
public final class WorldOnDisk {

    /** So large that only closing takes a checkpoint: those of a world half made are of no use. */
    private static final long CHECKPOINT_BYTES = 1L << 40;

    private static final String CONFIG = "bricklayer.json";

    private WorldOnDisk() {}

    /**
     * How large it is.
     *
     * @param bricksOnNodes whether the simulated nodes have the bricks and volumes; without them they have volume groups only, which suffices for new volumes and takes
     *     almost no memory of a server that simulates them
     */
    public record Size(int clusters, int nodes, int devices, int volumes, boolean bricksOnNodes) {

        /** 1,000 nodes in 200 clusters with 12,000 devices, 200,000 volumes of three bricks. */
        public static Size full(boolean bricksOnNodes) {
            return new Size(200, 1000, 12_000, 200_000, bricksOnNodes);
        }

        /** @throws IllegalArgumentException when they cannot be spread evenly */
        public Size {
            if (clusters < 1 || clusters > 256 || nodes / clusters < 3 || nodes / clusters > 60_000) {
                throw new IllegalArgumentException("1 to 256 clusters of at least 3 nodes each can be made");
            }
            if (nodes % clusters != 0 || devices < nodes || devices % nodes != 0 || devices / nodes > 25) {
                throw new IllegalArgumentException(
                        "nodes must be a multiple of the clusters, and devices of the nodes, at most 25 each");
            }
            if (volumes < 0 || volumes % clusters != 0) {
                throw new IllegalArgumentException("volumes must be a multiple of the clusters");
            }
        }
    }

    /**
     * Makes a folder with {@code data}, {@code nodes} and a configuration that names both.
     *
     * @return the configuration
     * @throws bricklayer.store.StoreException when there are records already
     */
    public static Path write(Path folder, Size size) {
        Path data = folder.resolve("data");
        Path nodes = folder.resolve("nodes");
        Rebuild.requireEmpty(data);
        LargeWorld.Shape shape = new LargeWorld.Shape(
                size.clusters(),
                size.nodes() / size.clusters(),
                size.devices() / size.nodes(),
                size.volumes() / size.clusters(),
                size.bricksOnNodes() ? LargeWorld.OnNodes.EVERYTHING : LargeWorld.OnNodes.GROUPS_ONLY);
        try (LogStore store = LogStore.open(
                        LogStore.Options.in(data.resolve("journal")).withCheckpointBytes(CHECKPOINT_BYTES),
                        Formats.codec(),
                        InstantSource.system(),
                        Thread.ofPlatform().factory(),
                        Faults.NONE);
                SimulatedNodes simulated = SimulatedNodes.in(nodes, SimulatedSettings.DEFAULTS)) {
            new LargeWorld(store, simulated, shape);
            store.checkpoint();
        }
        return config(folder, size, data, nodes);
    }

    private static Path config(Path folder, Size size, Path data, Path nodes) {
        Path file = folder.resolve(CONFIG);
        String text = """
                {
                  "jwt": {"admin": {"key": "bench"}, "user": {"key": "bench"}},
                  "glusterfs": {
                    "executor": "mock",
                    "max_volumes_per_cluster": %d,
                    "max_inflight_operations": 1000000
                  },
                  "bricklayer": {
                    "data": "%s",
                    "simulated": {"folder": "%s"}
                  }
                }
                """.formatted(
                        size.volumes() / size.clusters() * 2 + 1000, data.toAbsolutePath(), nodes.toAbsolutePath());
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }
}
