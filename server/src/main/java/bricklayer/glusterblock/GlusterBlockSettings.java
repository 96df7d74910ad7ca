package bricklayer.glusterblock;

import java.time.Duration;

/**
 * How gluster-block's command line is used on the nodes.
 *
 * @param prealloc {@code full} to take a block volume's space when it is made, {@code no} to take it as it is written
 * @param deadline of each command; writing zeros to a large block volume is what takes long
 */
public record GlusterBlockSettings(String prealloc, Duration deadline) {

    public static final GlusterBlockSettings DEFAULTS = new GlusterBlockSettings("full", Duration.ofMinutes(10));
}
