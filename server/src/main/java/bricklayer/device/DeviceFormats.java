package bricklayer.device;

import bricklayer.operation.Step;
import bricklayer.operation.Survey;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's steps. For ever: a changed step gets the next version, and the old one goes on being read. */
public final class DeviceFormats {

    private DeviceFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Step.class, "create-physical-volume", 1, CreatePhysicalVolume.class)
                .subtype(Step.class, "create-volume-group", 1, CreateVolumeGroup.class)
                .subtype(Step.class, "make-mount-root", 1, MakeMountRoot.class)
                .subtype(Step.class, "wipe-device", 1, WipeDevice.class)
                .subtype(Survey.class, "measure-device", 1, MeasureDevice.class)
                .subtype(Survey.class, "resync-device", 1, ResyncDevice.class);
    }
}
