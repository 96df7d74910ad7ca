package bricklayer.volume;

import bricklayer.inventory.DeviceId;
import bricklayer.operation.Errand;

/**
 * Moves all bricks off a device.
 *
 * @param healCheck whether a brick is moved only when gluster says that its data is elsewhere, too
 */
public record EmptyDevice(DeviceId device, boolean healCheck) implements Errand {

    @Override
    public String name() {
        return "empty-device";
    }
}
