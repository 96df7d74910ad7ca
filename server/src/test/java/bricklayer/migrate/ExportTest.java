package bricklayer.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.main.Formats;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationId;
import bricklayer.operation.OperationState;
import bricklayer.operation.Plan;
import bricklayer.operation.RetryState;
import bricklayer.stamp.Stamper;
import bricklayer.store.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Heketi has no words for is said; what it has no use for is not. */
final class ExportTest {

    @Test
    void anOpenOperationOfOursIsNamed() {
        assertThat(omittedWith("set-node-tags"))
                .singleElement()
                .asString()
                .contains("(set-node-tags) has not ended")
                .contains("better let it end first");
    }

    @Test
    void tellingTheNodesOfOurRecordsIsNothingToHeketi() {
        assertThat(omittedWith(Stamper.KIND)).isEmpty();
    }

    private static List<String> omittedWith(String kind) {
        try (MemoryStore store = new MemoryStore(Formats.SCHEMA)) {
            Operation open = new Operation(
                    new OperationId("0a".repeat(16)),
                    kind,
                    OperationState.RUNNING,
                    Optional.of(Plan.of(kind).build()),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Instant.EPOCH,
                    Optional.empty(),
                    new RetryState(0, Optional.empty(), Optional.empty()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            store.write(tx -> {
                tx.put(Operation.TABLE, open);
                return open;
            });
            return Export.ofStopped(store).omitted();
        }
    }
}
