package bricklayer.stamp;

import bricklayer.operation.Step;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's steps. For ever: a changed step gets the next version, and the old one goes on being read. */
public final class StampFormats {

    private StampFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Step.class, "tag-volume-group", 1, TagVolumeGroup.class)
                .subtype(Step.class, "stamp-volume", 1, StampVolume.class);
    }
}
