package bricklayer.reconcile;

import bricklayer.operation.Check;
import bricklayer.operation.Step;
import bricklayer.operation.Survey;
import bricklayer.store.codec.JsonCodec;

/** The stored names of this package's checks and surveys. For ever: a changed one gets the next version, and the old one goes on being read. */
public final class ReconcileFormats {

    private ReconcileFormats() {}

    public static void register(JsonCodec.Builder codec) {
        codec.subtype(Check.class, "still-amiss", 1, StillAmiss.class)
                .subtype(Check.class, "still-gone", 1, StillGone.class)
                .subtype(Check.class, "block-gone", 1, BlockGone.class)
                .subtype(Check.class, "holds-no-files", 1, HoldsNoFiles.class)
                .subtype(Check.class, "empty-folder", 1, EmptyFolder.class)
                .subtype(Step.class, "unmount-other", 1, UnmountOther.class)
                .subtype(Survey.class, "measure-brick", 1, MeasureBrick.class);
    }
}
