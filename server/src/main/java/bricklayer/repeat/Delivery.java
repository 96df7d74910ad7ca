package bricklayer.repeat;

import bricklayer.operation.OperationId;
import bricklayer.store.Index;
import bricklayer.store.Row;
import bricklayer.store.Table;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is to be told how a request went that was made without a key. There is no row until somebody was.
 *
 * @param id the operation's, which is also the first place in the queue that was given out for it
 * @param heirs places in the queue that were given out to repeats, in order. The last place of all counts, those before it are void
 * @param told whether who holds the place that counts may have heard of the volume
 */
public record Delivery(OperationId id, List<String> heirs, boolean told) implements Row<OperationId> {

    /** By each place in the queue but the first. */
    static final Index<Delivery> BY_HEIR = new Index<>("heir", Delivery::heirs);

    public static final Table<OperationId, Delivery> TABLE =
            Table.of("deliveries", 1, Delivery.class, OperationId::new).indexedBy(BY_HEIR);

    public Delivery {
        heirs = List.copyOf(heirs);
    }

    static Delivery none(OperationId operation) {
        return new Delivery(operation, List.of(), false);
    }

    Delivery inheritedBy(OperationId heir) {
        return new Delivery(
                id, Stream.concat(heirs.stream(), Stream.of(heir.value())).toList(), told);
    }

    Delivery toldNow() {
        return new Delivery(id, heirs, true);
    }

    /** The place in the queue that counts. */
    OperationId place() {
        return heirs.isEmpty() ? id : new OperationId(heirs.getLast());
    }
}
