package bricklayer.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How volumes are made: Heketi's object {@code glusterfs}.
 *
 * @param injectFaults wrap the executor for tests of failures
 * @param heketiDb Heketi's database file, which this server does not use but can import
 * @param preRequestVolumeOptions comma-separated, set before the options of a request; may be empty
 * @param postRequestVolumeOptions comma-separated, set after the options of a request; may be empty
 */
public record GlusterConfig(
        ExecutorConfig executor,
        boolean injectFaults,
        NodeConfig node,
        Path heketiDb,
        boolean readOnly,
        LogLevel logLevel,
        Placement placement,
        String preRequestVolumeOptions,
        String postRequestVolumeOptions,
        Block block,
        Periodic monitor,
        Operations operations) {

    public enum LogLevel {
        NONE,
        CRITICAL,
        ERROR,
        WARNING,
        INFO,
        DEBUG;

        /** The word in the file and on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Empty for a word that names none. */
        public static Optional<LogLevel> named(String word) {
            return Arrays.stream(values())
                    .filter(level -> level.wire().equals(word))
                    .findFirst();
        }
    }

    public enum ZoneChecking {
        NONE,
        STRICT
    }

    /**
     * Bounds of volumes and bricks, and where bricks may lie.
     *
     * @param averageFileSizeKiB decides how large the arbiter brick of a volume is
     * @param volumesPerClusterMax empty for no limit
     */
    public record Placement(
            int brickMinSizeGiB,
            int brickMaxSizeGiB,
            int bricksPerVolumeMax,
            long averageFileSizeKiB,
            OptionalInt volumesPerClusterMax,
            ZoneChecking zoneChecking) {}

    /**
     * The volumes in which block volumes lie.
     *
     * @param hostingVolumeOptions comma-separated
     */
    public record Block(boolean autoCreateHostingVolume, int hostingVolumeSizeGiB, String hostingVolumeOptions) {}

    /** Work that comes round by itself. */
    public record Periodic(boolean enabled, Duration startAfter, Duration every) {}

    /**
     * Bounds of operations.
     *
     * @param inFlightMax requests beyond it are answered 429
     * @param volumeCreateRetries tries after the first one
     * @param longestRetryPause between two attempts at an operation that could not be ended; may be longer than the engine allows
     */
    public record Operations(int inFlightMax, int volumeCreateRetries, Duration longestRetryPause) {}
}
