package bricklayer.blockvolume;

import bricklayer.glusterblock.BlockSize;
import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/**
 * Grows a block volume. Done when the block volume has its new size, also when not all of its hosts offer it yet: that is found out by {@link ReadUsableSize}, and made up for by asking
 * again.
 *
 * @param fromGiB the size before; equal to the new one when hosts that have not followed are told again
 */
record ResizeBlockVolume(Target target, int fromGiB, int toGiB) implements BlockStep {

    @Override
    public String name() {
        return "resize-block-volume";
    }

    @Override
    public Query<Effect> observe() {
        boolean writtenAlike = fromGiB != toGiB && BlockSize.written(fromGiB).equals(BlockSize.written(toGiB));
        return writtenAlike
                ? target().glusterBlock()
                        .isLargerThan(target().hostingVolume(), target().name(), fromGiB)
                        .map(Effect::presentIf)
                : target().info()
                        .map(found -> Effect.presentIf(
                                found.filter(info -> info.hasSize(toGiB)).isPresent()));
    }

    @Override
    public List<Command> apply() {
        return List.of(target().glusterBlock().resize(target().hostingVolume(), target().name(), toGiB));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    /** gluster-block can shrink, but what was written beyond would be lost. */
    @Override
    public boolean reversible() {
        return false;
    }
}
