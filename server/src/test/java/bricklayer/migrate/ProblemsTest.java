package bricklayer.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.ImportReport.Finding;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.main.Formats;
import bricklayer.operation.PlanAmendment;
import bricklayer.problem.Problem;
import bricklayer.store.memory.MemoryStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a dump is named with entry and field, and then nothing at all is imported. */
final class ProblemsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The path of a value in the dump (pairs of digits stand for ids made of them), what to write there, and what is to be said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nodeentries/a1/Info/cluster | \"c9\" | node a1 Info.cluster",
                "/nodeentries/a1/State | \"asleep\" | node a1 State",
                "/nodeentries/a1/Info/hostnames/storage | [] | node a1 Info.hostnames",
                "/nodeentries/a2/Info/hostnames/manage | [\"node-a1.example\"] | node a2 Info.hostnames.manage",
                "/deviceentries/d1/NodeId | \"\" | device d1 NodeId",
                "/volumeentries/e1/Info/name | \"data\" | volume e2 Info.name",
                "/volumeentries/e1/Info/cluster | \"\" | volume e1 Info.cluster",
                "/volumeentries/e1/Info/size | -1 | volume e1 Info.size",
                "/volumeentries/e1/Info/durability/type | \"stripe\" | volume e1 Info.durability",
                "/brickentries/b1/Info/device | \"\" | brick b1 Info.device",
                "/brickentries/b1/Info/node | \"\" | brick b1 Info.node",
                "/brickentries/b1/Info/volume | \"zz\" | brick b1 Info.volume",
                "/brickentries/b1/Info/path | \"brick\" | brick b1 Info.path",
                "/brickentries/b1/Info/id | \"B1\" | brick b1 id",
                "/blockvolumeentries/f1/Info/blockhostingvolume | \"\" | block volume f1 Info.blockhostingvolume",
                "/dbattributeentries/DB_GENERATION_ID/Key | \"DB_FROM_THE_FUTURE\" | attribute DB_FROM_THE_FUTURE Key",
                "/pendingoperations/01/Type | 99 | pending operation 01 Type",
                "/pendingoperations/01/Actions | [] | pending operation 01 Actions",
                "/pendingoperations/03/Actions/1/Delta | null | pending operation 03 Actions",
            })
    void isNamedWithEntryAndField(String path, String value, String said) throws IOException {
        HeketiImport.Draft draft = Imported.with(Imported.orders(Map.of())).draft(changed(path, value));

        assertThat(draft.report().problems())
                .extracting(ProblemsTest::shortened)
                .contains(said);
        try (MemoryStore store = new MemoryStore(Formats.SCHEMA)) {
            assertThatThrownBy(() -> write(store, draft)).isInstanceOf(Problem.class);
            assertThat(store.rows().sequence()).as("nothing was written").isZero();
        }
    }

    @Test
    void setsOfBricksThatNobodyTellsAreAProblemAndOneSetIsNone() {
        HeketiImport.Draft draft = Imported.with(BrickOrders.UNKNOWN).draft(Imported.resource("dump.json"));

        assertThat(draft.report().problems())
                .extracting(ProblemsTest::shortened)
                .containsExactly("volume e2 Bricks");
    }

    @Test
    void somethingElseThanADumpIsAProblem() {
        assertThat(Imported.with(BrickOrders.UNKNOWN)
                        .draft("{\"kind\":\"List\"}")
                        .report()
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("no entries"));
    }

    @Test
    void recordsThatAreThereAreNotTouched() {
        HeketiImport.Draft draft = Imported.with(Imported.orders(Map.of())).draft(Imported.resource("dump.json"));
        try (MemoryStore store = new MemoryStore(Formats.SCHEMA)) {
            Cluster other = new Cluster(new ClusterId("cc".repeat(16)), true, true);
            store.write(tx -> {
                tx.put(Cluster.TABLE, other);
                return other;
            });

            assertThatThrownBy(() -> write(store, draft))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("has records");
            assertThat(store.rows().all(Cluster.TABLE)).containsExactly(other);
        }
    }

    private static void write(MemoryStore store, HeketiImport.Draft draft) {
        store.write(tx -> {
            HeketiImport.write(tx, draft, PlanAmendment.NONE);
            return draft;
        });
    }

    private static String changed(String path, String value) throws IOException {
        JsonNode dump = JSON.readTree(Imported.resource("dump.json"));
        String whole = path.replaceAll("/([0-9a-f]{2})/", "/" + "$1".repeat(16) + "/");
        int last = whole.lastIndexOf('/');
        ((ObjectNode) dump.at(whole.substring(0, last))).set(whole.substring(last + 1), JSON.readTree(value));
        return dump.toString();
    }

    private static String shortened(Finding finding) {
        String id = finding.id().matches("[0-9a-f]{32}") ? finding.id().substring(0, 2) : finding.id();
        return finding.entity() + " " + id + " " + finding.field();
    }
}
