package bricklayer.migrate;

import bricklayer.api.DatabaseDump.OperationEntry;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of operations in Heketi. This server has them, too, under the same names. */
enum OperationType {
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

    OperationType(int number, String word) {
        this.number = number;
        this.word = word;
    }

    String word() {
        return word;
    }

    static Optional<OperationType> of(OperationEntry entry) {
        return Arrays.stream(values())
                .filter(type -> type.number == entry.type())
                .findFirst();
    }
}
