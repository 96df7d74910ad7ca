package bricklayer.executor.simulated;

import java.time.Duration;

/**
 * What simulated nodes are like that nobody described.
 *
 * @param diskKiB size of each disk that nobody gave a size
 * @param delay how long each command takes; zero for as fast as it goes
 */
public record SimulatedSettings(long diskKiB, Duration delay) {

    private static final long KIB_A_GIB = 1L << 20;

    /** Disks of 500 GiB, no delay. */
    public static final SimulatedSettings DEFAULTS = new SimulatedSettings(500 * KIB_A_GIB, Duration.ZERO);

    public SimulatedSettings {
        if (diskKiB < 1 || delay.isNegative()) {
            throw new IllegalArgumentException("simulated disks of " + diskKiB + " KiB, delay " + delay);
        }
    }
}
