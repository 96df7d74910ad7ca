package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.operation.RowChange;
import bricklayer.store.Key;
import bricklayer.store.Row;
import bricklayer.store.Table;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeWordsTest {

    private record Id(String value) implements Key {}

    private record Thing(Id id) implements Row<Id> {}

    private static RowChange change(String how, String table) {
        Table<Id, Thing> of = Table.of(table, 1, Thing.class, Id::new);
        Thing thing = new Thing(new Id("1"));
        return switch (how) {
            case "create" -> new RowChange.Create<>(of, thing);
            case "update" -> new RowChange.Update<>(of, thing);
            case "delete" -> new RowChange.Delete<>(of, thing);
            default -> new RowChange.Hold<>(of, thing);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "create-volume, create, volumes, Add volume",
        "create-volume, create, bricks, Add brick",
        "delete-volume, delete, volumes, Delete volume",
        "delete-volume, delete, bricks, Delete brick",
        "expand-volume, update, volumes, Expand volume",
        "expand-volume, create, bricks, Add brick",
        "clone-volume, hold, volumes, Clone volume from",
        "clone-volume, create, volumes, Expand volume to",
        "clone-volume, create, bricks, Add brick",
        "evict-brick, delete, bricks, Delete brick",
        "evict-brick, create, bricks, Add brick",
        "remove-device, update, devices, Remove device",
        "create-block-volume, create, block-volumes, Add block volume",
        "create-block-volume, update, volumes, Change volume",
        "delete-block-volume, delete, blockvolumes, Delete block volume",
        "expand-block-volume, update, block-volumes, Expand block volume",
        "resync-device, update, devices, Change device",
        "set-node-state, update, nodes, Change node",
        "add-node, create, nodes, Add node",
        "create-block-volume, hold, volumes, Hold volume",
    })
    void eachChangeInHeketisWords(String kind, String how, String table, String words) {
        assertThat(ChangeWords.describe(kind, change(how, table))).isEqualTo(words);
    }
}
