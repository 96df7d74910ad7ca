package bricklayer.reconcile;

import bricklayer.host.HostReader;
import bricklayer.operation.Check;
import bricklayer.operation.Effect;
import bricklayer.operation.Refused;
import bricklayer.operation.Step;
import java.util.List;

/** That nothing is there of what a record stood for, before the record goes. */
record StillGone(List<Step> steps) implements Check {

    StillGone {
        steps = List.copyOf(steps);
    }

    @Override
    public String name() {
        return "still-gone";
    }

    @Override
    public void ask(HostReader hosts) {
        for (Step step : steps) {
            Effect seen = hosts.queryFirst(step.hosts(), step.observe());
            if (seen != Effect.ABSENT) {
                throw new Refused(
                        "Cannot delete the record: what " + step.name() + " makes is there, on one of " + step.hosts());
            }
        }
    }
}
