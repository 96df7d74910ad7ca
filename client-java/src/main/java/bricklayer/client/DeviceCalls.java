package bricklayer.client;

import bricklayer.api.BrickEvictRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.DeviceDeleteRequest;
import bricklayer.api.DeviceInfo;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import java.util.Map;

/** Devices of nodes, and the bricks on them. Part of {@link BricklayerClient}. */
public sealed interface DeviceCalls permits BricklayerClient {

    /** The new device's id is found on its node. */
    default void addDevice(DeviceAddRequest request) {
        Wire.of(this).operate("POST", "/devices", request).require(204);
    }

    default DeviceInfo device(String id) {
        return Wire.of(this).get("/devices/" + Wire.segment(id), DeviceInfo.class);
    }

    default void setDeviceState(String id, StateRequest request) {
        Wire.of(this)
                .operate("POST", "/devices/" + Wire.segment(id) + "/state", request)
                .require(204);
    }

    /** The tags as they are now. */
    default Map<String, String> changeDeviceTags(String id, TagsChangeRequest request) {
        return Wire.of(this)
                .change("POST", "/devices/" + Wire.segment(id) + "/tags", request)
                .require(200)
                .tags();
    }

    /** Looks at the node how large the device is and records it. */
    default void resyncDevice(String id) {
        Wire.of(this)
                .operate("GET", "/devices/" + Wire.segment(id) + "/resync", null)
                .require(204);
    }

    /** Refused unless its state is {@code failed}, and with {@link Conflict} while it has bricks. */
    default void deleteDevice(String id) {
        Wire.of(this).operate("DELETE", "/devices/" + Wire.segment(id), null).require(204);
    }

    default void deleteDevice(String id, DeviceDeleteRequest request) {
        Wire.of(this).operate("DELETE", "/devices/" + Wire.segment(id), request).require(204);
    }

    /** Replaces a brick by a new one elsewhere, with its data. */
    default void evictBrick(String id, BrickEvictRequest request) {
        Wire.of(this)
                .operate("POST", "/bricks/to-evict/" + Wire.segment(id), request)
                .require(204);
    }
}
