package bricklayer.blockvolume;

import bricklayer.operation.Step;
import bricklayer.operation.Survey;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's steps and surveys. For ever: a changed one gets the next version, and the old one goes on being read. */
public final class BlockVolumeFormats {

    private BlockVolumeFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Step.class, "create-block-volume", 1, CreateBlockVolume.class)
                .subtype(Step.class, "delete-block-volume", 1, DeleteBlockVolume.class)
                .subtype(Step.class, "resize-block-volume", 1, ResizeBlockVolume.class)
                .subtype(Survey.class, "read-block-volume", 1, ReadBlockVolume.class)
                .subtype(Survey.class, "read-usable-size", 1, ReadUsableSize.class);
    }
}
