package bricklayer.executor.ssh;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How nodes are reached over SSH.
 *
 * @param user who logs in; the login shell must be a POSIX shell
 * @param keyFile private key without passphrase, readable by its owner only
 * @param sudo whether commands run as root by {@code sudo -n}; then {@code user} needs a rule for any command without password
 * @param connectTimeout for the connection and for each answer during login
 * @param keepAlive silence after which a sign of life is asked for; a host that owes three of them is given up
 * @param idleAfter an unused connection is closed after this
 * @param longestDeadline of any command that changes hosts; bounds how long {@code settle} waits
 * @param maxChannelsPerHost commands at a time on one host; sshd refuses more than its MaxSessions (10), and counts a finished one for a
 *     moment longer than the client
 * @param outputLimitBytes kept of standard output and of standard error each; what comes after is read and dropped
 */
public record SshSettings(
        String user,
        int port,
        Path keyFile,
        HostKeys hostKeys,
        boolean sudo,
        Duration connectTimeout,
        Duration keepAlive,
        Duration idleAfter,
        Duration longestDeadline,
        int maxChannelsPerHost,
        int outputLimitBytes) {

    public SshSettings {
        if (user.isBlank()) {
            throw new IllegalArgumentException("the ssh user is blank");
        }
        requireRange("ssh port", port, 1, 65_535);
        requireRange("channels for each host", maxChannelsPerHost, 1, 10);
        requireRange("output limit in bytes", outputLimitBytes, 1, 1 << 30);
        requirePositive("connect timeout", connectTimeout);
        requirePositive("keep-alive interval", keepAlive);
        requirePositive("time until an idle connection is closed", idleAfter);
        requirePositive("longest deadline", longestDeadline);
    }

    /** Everything that has a sensible default at its default; without sudo. */
    public static SshSettings of(String user, int port, Path keyFile, HostKeys hostKeys) {
        return new SshSettings(
                user,
                port,
                keyFile,
                hostKeys,
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                6,
                16 << 20);
    }

    /**
     * @param newLongestDeadline of any command that changes hosts
     */
    public SshSettings with(Duration newConnectTimeout, int newMaxChannelsPerHost, Duration newLongestDeadline) {
        return new SshSettings(
                user,
                port,
                keyFile,
                hostKeys,
                sudo,
                newConnectTimeout,
                keepAlive,
                idleAfter,
                newLongestDeadline,
                newMaxChannelsPerHost,
                outputLimitBytes);
    }

    /** @param newOutputLimitBytes kept of standard output and of standard error each */
    public SshSettings withOutputLimit(int newOutputLimitBytes) {
        return new SshSettings(
                user,
                port,
                keyFile,
                hostKeys,
                sudo,
                connectTimeout,
                keepAlive,
                idleAfter,
                longestDeadline,
                maxChannelsPerHost,
                newOutputLimitBytes);
    }

    public SshSettings withSudo() {
        return new SshSettings(
                user,
                port,
                keyFile,
                hostKeys,
                true,
                connectTimeout,
                keepAlive,
                idleAfter,
                longestDeadline,
                maxChannelsPerHost,
                outputLimitBytes);
    }

    private static void requireRange(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(what + " is " + value + ", must be from " + low + " to " + high);
        }
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " is " + value + ", must be positive");
        }
    }
}
