package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import bricklayer.operation.Effect;
import java.util.List;

/**
 * Gives the place of a brick in its set to an empty one, to which gluster then copies what the others hold. The old one is out of date from the first write that follows, so
 * only forward is left.
 *
 * @param old {@code host:path}
 * @param fresh {@code host:path}
 */
record ReplaceBrick(Target target, String old, String fresh) implements GlusterStep {

    @Override
    public String name() {
        return "replace-brick";
    }

    @Override
    public Query<Effect> observe() {
        return target().gluster().volumeInfo(target().volume()).map(info -> {
            List<String> names = info.map(seen -> seen.brickNames()).orElse(List.of());
            if (names.contains(fresh)) {
                return Effect.PRESENT;
            }
            if (names.contains(old)) {
                return Effect.ABSENT;
            }
            throw new UnreadableAnswer("volume " + target().volume() + " has neither the brick " + old
                    + " nor the one that replaces it, " + fresh);
        });
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().replaceBrick(target().volume(), old, fresh));
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
