package bricklayer.events;

import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.Operation;
import bricklayer.store.Table;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What events are about. Events of one write come in this order, which is part of their numbers: new kinds go to the end. */
enum EventKind {
    CLUSTER("cluster", Cluster.TABLE),
    NODE("node", Node.TABLE),
    DEVICE("device", Device.TABLE),
    VOLUME("volume", Volume.TABLE),
    BRICK("brick", Brick.TABLE),
    BLOCK_VOLUME("blockvolume", BlockVolume.TABLE),
    OPERATION("operation", Operation.TABLE);

    private final String wire;
    private final Table<?, ?> table;

    EventKind(String wire, Table<?, ?> table) {
        this.wire = wire;
        this.table = table;
    }

    String wire() {
        return wire;
    }

    /** Empty for a table whose rows clients do not see. */
    static Optional<EventKind> ofTable(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.table.name().equals(name))
                .findFirst();
    }

    static Optional<EventKind> named(String word) {
        return Arrays.stream(values()).filter(kind -> kind.wire.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(EventKind::wire).collect(Collectors.joining(", "));
    }
}
