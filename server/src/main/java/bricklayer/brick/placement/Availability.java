package bricklayer.brick.placement;

/** Whether bricks may be put on a device at all, and if not, the first thing that stands against it. */
public enum Availability {
    AVAILABLE("available"),
    NODE_OFFLINE("its node is set offline"),
    NODE_FAILED("its node is set failed"),
    /** Known to be down. A node of which nothing is known counts as up. */
    NODE_DOWN("its node does not answer"),
    DEVICE_OFFLINE("the device is set offline"),
    DEVICE_FAILED("the device is set failed"),
    PENDING_REMOVAL("the device is being emptied");

    private final String text;

    Availability(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
