/**
 * Block volumes: iSCSI targets that lie as files in block hosting volumes. Start at {@link bricklayer.blockvolume.BlockVolumeRoutes}, then
 * {@link bricklayer.blockvolume.BlockVolumePlans}.
 */
@NullMarked
package bricklayer.blockvolume;

import org.jspecify.annotations.NullMarked;
