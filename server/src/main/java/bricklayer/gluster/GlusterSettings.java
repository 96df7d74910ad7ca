package bricklayer.gluster;

import java.time.Duration;

/**
 * How gluster's command line is used on the nodes.
 *
 * @param cliTimeout {@code gluster --timeout}: how long the command line waits for its daemon. Whole seconds
 */
public record GlusterSettings(Duration cliTimeout) {

    public static final GlusterSettings DEFAULTS = new GlusterSettings(Duration.ofMinutes(10));

    /** Longer than gluster's own timeout, so that gluster's answer comes first. */
    public Duration deadline() {
        return cliTimeout.plusSeconds(60);
    }
}
