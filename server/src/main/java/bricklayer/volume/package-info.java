/**
 * Volumes: what callers ask for. Start at {@link bricklayer.volume.VolumeRoutes}, then {@link bricklayer.volume.VolumePlans}.
 */
@NullMarked
package bricklayer.volume;

import org.jspecify.annotations.NullMarked;
