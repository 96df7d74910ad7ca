package bricklayer.blockvolume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/** Deletes a block volume with its data. One that some of its hosts still export is half gone, and only forward is left. */
record DeleteBlockVolume(Target target) implements BlockStep {

    @Override
    public String name() {
        return "delete-block-volume";
    }

    @Override
    public Query<Effect> observe() {
        return target().info()
                .map(found -> found.map(info -> info.isWhole() ? Effect.ABSENT : Effect.PARTIAL)
                        .orElse(Effect.PRESENT));
    }

    @Override
    public List<Command> apply() {
        return List.of(target().glusterBlock().delete(target().hostingVolume(), target().name()));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    @Override
    public boolean reversible() {
        return false;
    }
}
