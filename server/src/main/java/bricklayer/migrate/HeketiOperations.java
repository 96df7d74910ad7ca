package bricklayer.migrate;

import bricklayer.api.DatabaseDump.Action;
import bricklayer.api.DatabaseDump.OperationEntry;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Heketi's numbers for kinds of operations and for what they do to an item. */
final class HeketiOperations {

    static final int ADD_BRICK = 1;
    static final int ADD_VOLUME = 2;
    static final int DELETE_BRICK = 3;
    static final int DELETE_VOLUME = 4;
    static final int EXPAND_VOLUME = 5;
    static final int ADD_BLOCK_VOLUME = 6;
    static final int DELETE_BLOCK_VOLUME = 7;
    static final int REMOVE_DEVICE = 8;
    static final int CLONE_SOURCE = 9;
    static final int CLONE_TARGET = 11;
    static final int CHILD = 12;
    static final int PARENT = 13;
    static final int EXPAND_BLOCK_VOLUME = 14;

    private HeketiOperations() {}

    /** In the order of the entry, which for bricks is gluster's. */
    static List<String> items(OperationEntry entry, int change) {
        return entry.actions().stream()
                .filter(action -> action.change() == change)
                .map(Action::id)
                .toList();
    }

    static Optional<String> item(OperationEntry entry, int change) {
        return items(entry, change).stream().findFirst();
    }

    static Stream<OperationEntry> ofType(Collection<OperationEntry> operations, OperationType... types) {
        return operations.stream()
                .filter(entry -> OperationType.of(entry)
                        .filter(Arrays.asList(types)::contains)
                        .isPresent());
    }
}
