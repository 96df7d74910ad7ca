/**
 * Devices: block devices of nodes, each a volume group of its own. Start at {@link bricklayer.device.DevicePlans}.
 */
@NullMarked
package bricklayer.device;

import org.jspecify.annotations.NullMarked;
