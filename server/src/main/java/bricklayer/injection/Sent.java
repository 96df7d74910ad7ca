package bricklayer.injection;

import bricklayer.host.HostName;
import java.time.Duration;
import java.util.Optional;

/**
 * A command on its way to a node.
 *
 * @param line as in messages
 * @param origin of a command that changes the node; empty for one that only asks
 */
public record Sent(HostName host, String line, Duration deadline, Optional<Origin> origin) {}
