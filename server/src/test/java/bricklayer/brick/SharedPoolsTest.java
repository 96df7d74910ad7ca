package bricklayer.brick;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.NodeId;
import bricklayer.inventory.State;
import bricklayer.inventory.VolumeId;
import bricklayer.main.Formats;
import bricklayer.store.memory.MemoryStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedPoolsTest {

    private static final Device ONE = device("d1");
    private static final Device TWO = device("d2");

    private final Brick origin = Brick.onPoolOfItsOwn(new BrickId("b0"), new VolumeId("v"), ONE, 0, 100, 120, 8, false);
    private final Brick first = origin.clonedAs(new BrickId("b1"), new VolumeId("c1"));
    private final Brick second = first.clonedAs(new BrickId("b2"), new VolumeId("c2"));
    private final Brick stranger =
            Brick.onPoolOfItsOwn(new BrickId("b3"), new VolumeId("v"), TWO, 1, 100, 120, 8, false);

    private List<Brick> heirs(Brick... going) {
        MemoryStore store = new MemoryStore(Formats.SCHEMA);
        store.write(tx -> {
            List.of(origin, first, second, stranger).forEach(brick -> tx.put(Brick.TABLE, brick));
            return tx.sequence();
        });
        return SharedPools.heirs(store.rows(), List.of(going));
    }

    private static Device device(String id) {
        return new Device(
                new DeviceId(id), new NodeId("n"), "/dev/vdb", Map.of(), State.ONLINE, 1000, 4, "uuid", List.of());
    }

    @Test
    void cloneTakesNoSpaceAndLiesInItsOriginsPool() {
        assertThat(first.pool()).isEqualTo(origin.pool());
        assertThat(second.pool()).isEqualTo(origin.pool());
        assertThat(first.poolKiB() + first.metadataKiB()).isZero();
        assertThat(first.sizeKiB()).isEqualTo(100);
        assertThat(first.isMountedByGluster()).isTrue();
        assertThat(origin.isMountedByGluster()).isFalse();
    }

    @Test
    void oneOfThoseThatStayAnswersForThePool() {
        assertThat(heirs(origin, stranger)).containsExactly(first.holding(120, 8));
        assertThat(heirs(origin, first)).containsExactly(second.holding(120, 8));
    }

    @Test
    void thereIsNothingToInheritWhereThePoolGoesOrItsHolderStays() {
        assertThat(heirs(origin, first, second)).isEmpty();
        assertThat(heirs(stranger)).isEmpty();
        assertThat(heirs(first, second)).isEmpty();
    }
}
