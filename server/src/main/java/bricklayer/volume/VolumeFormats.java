package bricklayer.volume;

import bricklayer.operation.Check;
import bricklayer.operation.Errand;
import bricklayer.operation.Step;
import bricklayer.operation.Survey;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's steps, checks and errands. For ever: a changed step gets the next version, and the old one goes on being read. */
public final class VolumeFormats {

    private VolumeFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Check.class, "replace-check", 1, ReplaceCheck.class)
                .subtype(Errand.class, "empty-device", 1, EmptyDevice.class)
                .subtype(Errand.class, "empty-node", 1, EmptyNode.class)
                .subtype(Step.class, "tell-volume", 1, TellVolume.class)
                .subtype(Step.class, "replace-brick", 1, ReplaceBrick.class)
                .subtype(Step.class, "create-gluster-volume", 1, CreateGlusterVolume.class)
                .subtype(Step.class, "add-bricks", 1, AddBricks.class)
                .subtype(Step.class, "set-volume-options", 1, SetVolumeOptions.class)
                .subtype(Step.class, "start-volume", 1, StartVolume.class)
                .subtype(Step.class, "start-brick", 1, StartBrick.class)
                .subtype(Step.class, "start-rebalance", 1, StartRebalance.class)
                .subtype(Step.class, "create-snapshot", 1, CreateSnapshot.class)
                .subtype(Step.class, "activate-snapshot", 1, ActivateSnapshot.class)
                .subtype(Step.class, "forget-snapshot", 1, ForgetSnapshot.class)
                .subtype(Step.class, "clone-snapshot", 1, CloneSnapshot.class)
                .subtype(Survey.class, "find-clone-bricks", 1, FindCloneBricks.class);
    }
}
