package bricklayer.tools;

import bricklayer.api.PendingOperationDetails.Change;
import bricklayer.api.PlanInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan for people: what changes in the records, on devices, and which commands which node is given. */
final class PlanText {

    private static final double KIB_PER_GIB = 1 << 20;

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    /** @param places whether to tell of the devices that would not be used, too */
    static String of(PlanInfo plan, boolean places) {
        PlanText made = new PlanText();
        made.line("Plan: %s", plan.kind());
        made.records(plan.changes(), "  ");
        made.space(plan.space(), "  ");
        if (places) {
            made.placement(plan.placement());
        }
        made.work(plan.checks(), plan.stages(), "  ");
        if (plan.first() != null) {
            made.line("  Begins with: %s", plan.first().kind());
            made.records(plan.first().changes(), "    ");
            made.space(plan.first().space(), "    ");
            made.work(plan.first().checks(), plan.first().stages(), "    ");
        }
        plan.risks().forEach(risk -> made.line("  Note: %s", risk));
        made.line("");
        made.line("Nothing was changed. To do it: bricklayer plan execute %s (until %s)", plan.id(), plan.expires());
        return made.text.toString();
    }

    private void records(List<Change> changes, String indent) {
        counted(changes)
                .forEach((words, ids) ->
                        line(indent + "%s: %s", words, ids.size() == 1 ? ids.getFirst() : ids.size() + " of them"));
    }

    private void space(List<PlanInfo.Space> devices, String indent) {
        devices.forEach(space -> line(
                indent + "Device %s on node %s: %s GiB free, then %s GiB",
                space.device(),
                space.node(),
                gib(space.freeBeforeKiB()),
                gib(space.freeAfterKiB())));
    }

    private void placement(List<PlanInfo.Choice> choices) {
        choices.forEach(choice -> line(
                "  %s device %s on node %s: %s",
                choice.chosen() ? "Chosen" : "Not chosen", choice.device(), choice.node(), choice.reason()));
    }

    private void work(List<String> checks, List<PlanInfo.Stage> stages, String indent) {
        checks.forEach(check -> line(indent + "Asked before: %s", check));
        for (PlanInfo.Stage stage : stages) {
            line(indent + "Stage %s%s", stage.name(), stage.noReturn() ? " (cannot be taken back)" : "");
            stage.lanes().forEach(lane -> lane.steps().forEach(step -> step(step, indent + "  ")));
        }
    }

    private void step(PlanInfo.Step step, String indent) {
        line(indent + "%s on %s", step.name(), step.hosts().getFirst());
        step.commands().forEach(command -> line(indent + "  %s", command));
    }

    private static Map<String, List<String>> counted(List<Change> changes) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        changes.forEach(change -> ids.computeIfAbsent(change.description(), _ -> new ArrayList<>())
                .add(change.id()));
        return ids;
    }

    private static String gib(long kib) {
        return String.format(Locale.ROOT, "%.2f", kib / KIB_PER_GIB);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is not worth a dependency
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
