package bricklayer.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.VolumeId;
import bricklayer.store.memory.MemoryStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A dump with every kind of entry and of pending operation, made after the description of Heketi's format, comes out as it went in. */
final class RoundTripTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DATA = "e2".repeat(16);

    /** Gluster's order of the volume that has several sets; the others' is not asked for. */
    private static final List<String> ORDER = List.of("b7", "b4", "b2", "b3", "b6", "b5");

    @Test
    void whatIsImportedIsExportedAgain() throws IOException {
        String dump = Imported.resource("dump.json");
        HeketiImport.Draft draft = Imported.with(Imported.ordersOfDump()).draft(dump);
        assertThat(draft.report().problems()).isEmpty();

        try (MemoryStore store = Imported.store(draft)) {
            assertThat(differences(tree(dump), tree(Imported.exported(store)))).isEmpty();
        }
    }

    @Test
    void glustersOrderOfBricksIsThatOfTheNodes() {
        HeketiImport.Draft draft = Imported.dump();

        assertThat(Inventory.bricksOf(draft.rows(), new VolumeId(DATA)).stream()
                        .map(Brick::id)
                        .map(id -> id.value().substring(0, 2)))
                .containsExactlyElementsOf(ORDER);
    }

    private static JsonNode tree(String json) throws IOException {
        JsonNode tree = JSON.readTree(json);
        // a copy is another database, in Heketi too
        ((ObjectNode) tree.path("dbattributeentries")).remove("DB_GENERATION_ID");
        return tree;
    }

    private static List<String> differences(JsonNode one, JsonNode other) {
        List<String> found = new ArrayList<>();
        compare("", one, other, found);
        return found;
    }

    private static void compare(String path, JsonNode one, JsonNode other, List<String> found) {
        if (one.isObject() && other.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, one.path(name), other.path(name), found));
        } else if (!one.equals(other)) {
            found.add(path + ": " + one + " came out as " + other);
        }
    }
}
