package bricklayer.volume;

import bricklayer.inventory.Brick;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Node;
import bricklayer.operation.Operation;
import bricklayer.operation.RowChange;
import bricklayer.store.Rows;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which open operations hold space in a cluster: that of bricks they make, and of bricks they have not removed yet. */
final class SpaceHeld {

    private static final double KIB_PER_GIB = 1024.0 * 1024;

    private SpaceHeld() {}

    /** One entry an operation, for people; may be empty. Costs what there are open operations. */
    static List<Map<String, Object>> in(Rows rows, ClusterId cluster) {
        return Operation.open(rows).stream()
                .flatMap(operation -> heldBy(rows, operation, cluster))
                .toList();
    }

    private static Stream<Map<String, Object>> heldBy(Rows rows, Operation operation, ClusterId cluster) {
        long kib = operation.openPlan().changes().stream()
                .flatMap(change -> brick(change).stream())
                .filter(brick -> rows.get(Node.TABLE, brick.node())
                        .filter(node -> node.cluster().equals(cluster))
                        .isPresent())
                .mapToLong(brick -> brick.poolKiB() + brick.metadataKiB())
                .sum();
        return kib == 0
                ? Stream.empty()
                : Stream.of(Map.of(
                        "operation", operation.id().value(),
                        "kind", operation.kind(),
                        "gib", Math.round(kib / KIB_PER_GIB * 10) / 10.0));
    }

    private static List<Brick> brick(RowChange change) {
        return switch (change) {
            case RowChange.Create<?, ?> create when create.row() instanceof Brick brick -> List.of(brick);
            case RowChange.Delete<?, ?> delete when delete.row() instanceof Brick brick -> List.of(brick);
            default -> List.of();
        };
    }
}
