package bricklayer.volume;

import bricklayer.gluster.VolumeDetails;
import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import bricklayer.operation.Effect;
import java.util.List;

/**
 * The process of a brick whose volume is started. Of a volume that is not started, or not there, nothing is wanted. Starting one takes nothing away, so nothing is taken back.
 *
 * @param brick {@code host:path}
 */
record StartBrick(Target target, String brick) implements GlusterStep {

    @Override
    public String name() {
        return "start-brick";
    }

    @Override
    public Query<Effect> observe() {
        return target().gluster().cluster().map(seen -> {
            boolean wanted = seen.volumes().stream()
                    .filter(volume -> volume.name().equals(target().volume()))
                    .map(VolumeDetails::statusText)
                    .anyMatch("Started"::equals);
            if (!wanted) {
                return Effect.PRESENT;
            }
            if (!seen.processes().isKnown()) {
                throw new UnreadableAnswer("gluster does not tell of brick processes: "
                        + seen.processes().whyNot());
            }
            return Effect.presentIf(seen.processes().or(List.of()).stream()
                    .anyMatch(process -> process.volume().equals(target().volume())
                            && process.brick().equals(brick)
                            && process.up()));
        });
    }

    @Override
    public List<Command> apply() {
        return List.of(target().gluster().startForce(target().volume()));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }
}
