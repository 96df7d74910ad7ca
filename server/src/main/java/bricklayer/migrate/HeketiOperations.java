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

    /** The kinds that this server knows, too, under the same names. */
    enum Type {
        CREATE_VOLUME(1, "create-volume"),
        DELETE_VOLUME(2, "delete-volume"),
        EXPAND_VOLUME(3, "expand-volume"),
        CREATE_BLOCK_VOLUME(4, "create-block-volume"),
        DELETE_BLOCK_VOLUME(5, "delete-block-volume"),
        REMOVE_DEVICE(6, "remove-device"),
        CLONE_VOLUME(7, "clone-volume"),
        EVICT_BRICK(8, "evict-brick"),
        EXPAND_BLOCK_VOLUME(9, "expand-block-volume");

        private final int number;
        private final String word;

        Type(int number, String word) {
            this.number = number;
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<Type> of(OperationEntry entry) {
            return Arrays.stream(values())
                    .filter(type -> type.number == entry.type())
                    .findFirst();
        }
    }

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

    static Stream<OperationEntry> ofType(Collection<OperationEntry> operations, Type... types) {
        return operations.stream()
                .filter(entry ->
                        Type.of(entry).filter(Arrays.asList(types)::contains).isPresent());
    }
}
