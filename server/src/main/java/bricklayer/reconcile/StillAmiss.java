package bricklayer.reconcile;

import bricklayer.host.HostReader;
import bricklayer.operation.Check;
import bricklayer.operation.Effect;
import bricklayer.operation.Refused;
import bricklayer.operation.Step;
import java.util.List;

/** That what a repair makes, or removes, is still to be made or removed: a finding may be old. */
record StillAmiss(List<Step> steps) implements Check {

    StillAmiss {
        steps = List.copyOf(steps);
    }

    @Override
    public String name() {
        return "still-amiss";
    }

    @Override
    public void ask(HostReader hosts) {
        boolean amiss =
                steps.stream().anyMatch(step -> hosts.queryFirst(step.hosts(), step.observe()) != Effect.PRESENT);
        if (!amiss) {
            throw new Refused("Nothing to repair: it is as it should be");
        }
    }
}
