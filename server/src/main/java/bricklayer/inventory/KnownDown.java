package bricklayer.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which nodes are known not to answer. What is known may be some minutes old, so it decides what to prefer, and never what is true. Thread-safe, never waits. */
@FunctionalInterface
public interface KnownDown {

    /** Nobody looks, so every node counts as up. */
    KnownDown NOBODY = node -> false;

    /** False also for a node of which nothing is known. */
    boolean isDown(NodeId node);

    /** The same nodes, those known to be down behind the others, each part in the order given. */
    default List<Node> upFirst(Collection<Node> nodes) {
        return nodes.stream()
                .sorted(Comparator.comparing(node -> isDown(node.id())))
                .toList();
    }
}
