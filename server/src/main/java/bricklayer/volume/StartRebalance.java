package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.List;

/** Lets gluster spread a grown volume's files over its new bricks. The volume works without it, so a failure is only logged. */
record StartRebalance(Target target) implements GlusterStep {

    @Override
    public String name() {
        return "start-rebalance";
    }

    /** Starting it again while it runs is refused and does no harm. */
    @Override
    public Query<Effect> observe() {
        return target().presentIf(info -> false);
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().rebalanceStart(target().volume()));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    @Override
    public boolean optional() {
        return true;
    }
}
