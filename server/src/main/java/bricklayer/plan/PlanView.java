package bricklayer.plan;

import bricklayer.api.PendingOperationDetails.Change;
import bricklayer.api.PlanInfo;
import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.http.ChangeWords;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.operation.Check;
import bricklayer.operation.Plan;
import bricklayer.operation.RowChange;
import bricklayer.operation.Stage;
import bricklayer.operation.Step;
import bricklayer.store.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A plan as it is shown. */
final class PlanView {

    private final KnownDown down;

    PlanView(KnownDown down) {
        this.down = down;
    }

    /**
     * @param rows those that it was planned with
     * @param first of an errand
     */
    PlanInfo show(
            String id, Instant expires, Plan plan, Optional<Plan> first, List<PlanInfo.Choice> placement, Rows rows) {
        return new PlanInfo(
                id,
                expires.toString(),
                plan.kind(),
                plan.refusal().orElse(""),
                plan.resource().orElse(""),
                changes(plan),
                space(plan, rows),
                checks(plan),
                stages(plan),
                first.map(begin -> new PlanInfo.First(
                                begin.kind(), changes(begin), space(begin, rows), checks(begin), stages(begin)))
                        .orElse(null),
                placement,
                risks(plan, first, rows));
    }

    private static List<Change> changes(Plan plan) {
        return plan.changes().stream()
                .map(change -> new Change(change.key().value(), ChangeWords.describe(plan.kind(), change)))
                .toList();
    }

    private static List<String> checks(Plan plan) {
        return plan.checks().stream().map(Check::name).toList();
    }

    private static List<PlanInfo.Stage> stages(Plan plan) {
        return IntStream.range(0, plan.stages().size())
                .mapToObj(s -> stage(plan.stages().get(s), plan.onlyForward() || s >= plan.pivot()))
                .toList();
    }

    private static PlanInfo.Stage stage(Stage stage, boolean noReturn) {
        return new PlanInfo.Stage(
                stage.name(),
                noReturn,
                stage.lanes().stream()
                        .map(lane -> new PlanInfo.Lane(
                                lane.steps().stream().map(PlanView::step).toList()))
                        .toList());
    }

    private static PlanInfo.Step step(Step step) {
        return new PlanInfo.Step(
                step.name(),
                step.hosts().stream().map(HostName::value).toList(),
                step.apply().stream().map(Command::toString).toList());
    }

    private static List<PlanInfo.Space> space(Plan plan, Rows rows) {
        Map<DeviceId, Long> taken = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        for (RowChange change : plan.changes()) {
            switch (change) {
                case RowChange.Create<?, ?> create
                when create.row() instanceof Brick brick -> taken.merge(brick.device(), space(brick), Long::sum);
                case RowChange.Delete<?, ?> delete
                when delete.row() instanceof Brick brick -> taken.merge(brick.device(), -space(brick), Long::sum);
                case RowChange.Update<?, ?> update
                when update.after() instanceof Brick brick -> {
                    long before = rows.get(Brick.TABLE, brick.id())
                            .map(PlanView::space)
                            .orElse(0L);
                    taken.merge(brick.device(), space(brick) - before, Long::sum);
                }
                case RowChange.Create<?, ?> _,
                        RowChange.Delete<?, ?> _,
                        RowChange.Update<?, ?> _,
                        RowChange.Hold<?, ?> _ -> {}
            }
        }
        List<PlanInfo.Space> changed = new ArrayList<>();
        taken.forEach((id, kib) -> {
            Optional<Device> device = rows.get(Device.TABLE, id);
            if (kib != 0 && device.isPresent()) {
                long free = Inventory.freeKiB(rows, device.get());
                changed.add(new PlanInfo.Space(id.value(), device.get().node().value(), free, free - kib));
            }
        });
        return List.copyOf(changed);
    }

    private static long space(Brick brick) {
        return brick.poolKiB() + brick.metadataKiB();
    }

    private List<String> risks(Plan plan, Optional<Plan> first, Rows rows) {
        List<String> risks = new ArrayList<>();
        if (plan.refusal().isPresent()) {
            risks.add("it would be accepted and then fail: " + plan.refusal().get());
        }
        if (plan.errand().isPresent()) {
            risks.add(
                    "it is a series of operations; only the first is planned here, and what is done when one fails stays done");
        }
        if (plan.hasPivot()) {
            risks.add("it cannot be taken back from stage \""
                    + plan.stages().get(plan.pivot()).name()
                    + "\" on; after a failure there it goes on until it is done");
        }
        Set<HostName> hosts = new HashSet<>(hosts(plan));
        first.ifPresent(begin -> hosts.addAll(hosts(begin)));
        StreamSupport.stream(rows.all(Node.TABLE).spliterator(), false)
                .filter(node -> hosts.contains(node.host()) && down.isDown(node.id()))
                .forEach(node -> risks.add(
                        "node " + node.host() + " (" + node.id() + ") did not answer when it was last asked"));
        space(plan, rows).stream()
                .filter(space -> space.freeAfterKiB() < 0)
                .forEach(space -> risks.add("device " + space.device() + " would hold more than its size"));
        return List.copyOf(risks);
    }

    private static List<HostName> hosts(Plan plan) {
        return plan.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .map(step -> step.hosts().getFirst())
                .toList();
    }
}
