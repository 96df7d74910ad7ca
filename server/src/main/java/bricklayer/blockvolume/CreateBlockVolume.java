package bricklayer.blockvolume;

import bricklayer.glusterblock.BlockInfo;
import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a block volume. What gluster-block draws for it (its IQN, a password) is read afterwards by {@link ReadBlockVolume}, and is not in here.
 *
 * @param blockHosts storage names of the hosts that export it
 * @param hostingIsNew the hosting volume is made by the same operation, so a process that died may have left it without having started it. What stops it again is only the taking back of
 *     this operation, after this step: while it is stopped there is no block volume in it
 */
record CreateBlockVolume(Target target, boolean auth, List<String> blockHosts, int sizeGiB, boolean hostingIsNew)
        implements BlockStep {

    CreateBlockVolume {
        blockHosts = List.copyOf(blockHosts);
    }

    @Override
    public String name() {
        return "create-block-volume";
    }

    /** One of the same name that does not look like this one is somebody else's: it is not there for us, and is never taken back. */
    @Override
    public Query<Effect> observe() {
        Query<Optional<BlockInfo>> info = hostingIsNew
                ? target().glusterBlock().infoUnlessStopped(target().hostingVolume(), target().name())
                : target().info();
        return info.map(found -> found.map(this::effect).orElse(Effect.ABSENT));
    }

    private Effect effect(BlockInfo found) {
        Set<String> wanted = Set.copyOf(blockHosts);
        if (found.ha() != blockHosts.size() || !wanted.containsAll(found.exportedOn())) {
            return Effect.ABSENT;
        }
        if (!found.isWhole()) {
            return Effect.PARTIAL;
        }
        return Effect.presentIf(
                found.hasSize(sizeGiB) && auth != found.password().isEmpty());
    }

    @Override
    public List<Command> apply() {
        return List.of(
                target().glusterBlock().create(target().hostingVolume(), target().name(), auth, blockHosts, sizeGiB));
    }

    @Override
    public List<Command> undo() {
        return List.of(target().glusterBlock().delete(target().hostingVolume(), target().name()));
    }
}
