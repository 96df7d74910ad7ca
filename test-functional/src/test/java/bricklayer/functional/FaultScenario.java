package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Things go wrong on purpose in a running server; after each test the rules are gone, and records and nodes agree. */
abstract class FaultScenario extends Scenario {

    /** Exit status of a server that a rule let crash. */
    static final int CRASHED = 99;

    @SuppressWarnings("NullAway.Init")
    private Map<String, String> empty;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return new SimulatedStand(folderOfNodes, 0);
    }

    @Override
    Stand.Access access() {
        return stand.access().allowingFaults();
    }

    @BeforeAll
    void prepare() {
        loadTopology(2);
        empty = look().pictures();
    }

    @AfterEach
    void recordsAndNodesAgree() {
        client.clearFaults();
        awaitNoOperations();
        assertAgree(volumes(), look());
        client.volumes().forEach(client::deleteVolume);
    }

    @AfterAll
    void nothingIsLeft() {
        assertThat(look().pictures()).isEqualTo(empty);
        assertNoSpaceUsed();
    }
}
