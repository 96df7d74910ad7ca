package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.fault.Crash;
import bricklayer.fault.Faults;
import bricklayer.host.HostName;
import bricklayer.inventory.Volume;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.RowHeld;
import org.junit.jupiter.api.Test;

/** From its begin to its end a row belongs to one operation. */
class MarksTest {

    @Test
    void aRowIsHeldUntilItsOperationHasBeenTakenBack() {
        StorageWorld world = new StorageWorld(3, nothing -> {});
        world.boot(point -> {
            if (point.where().equals("create-volume/end")) {
                throw new Crash(point);
            }
        });
        VolumeCreateRequest request =
                VolumeCreateRequest.of(10, Durability.replicate(3)).named("r3");
        assertThatThrownBy(() -> world.submit((rows, attempt) -> world.volumePlans.create(rows, request, attempt)))
                .isInstanceOf(Crash.class);
        HostName dead = new HostName("node2");
        world.executor.nodes().cutPower(dead);
        world.boot(Faults.NONE);
        world.recoverOnce();
        Volume half = world.named("r3");
        assertThat(Operation.open(world.rows()))
                .extracting(Operation::state)
                .containsExactly(OperationState.ROLLING_BACK);

        assertThatThrownBy(() -> world.submit((rows, attempt) -> world.volumePlans.delete(rows, half.id())))
                .isInstanceOf(RowHeld.class);

        world.executor.nodes().returnPower(dead);
        world.recover();
        world.check();
        assertThat(world.rows().all(Volume.TABLE)).isEmpty();
    }
}
