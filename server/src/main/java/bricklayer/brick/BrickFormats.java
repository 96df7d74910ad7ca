package bricklayer.brick;

import bricklayer.operation.Step;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's steps. For ever: a changed step gets the next version, and the old one goes on being read. */
public final class BrickFormats {

    private BrickFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Step.class, "create-thin-volume", 1, CreateThinVolume.class)
                .subtype(Step.class, "make-file-system", 1, MakeFileSystem.class)
                .subtype(Step.class, "make-mount-point", 1, MakeMountPoint.class)
                .subtype(Step.class, "add-fstab-entry", 1, AddFstabEntry.class)
                .subtype(Step.class, "mount-brick", 1, MountBrick.class)
                .subtype(Step.class, "make-brick-directory", 1, MakeBrickDirectory.class)
                .subtype(Step.class, "set-group", 1, SetGroup.class);
    }
}
