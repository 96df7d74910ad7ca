package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.Snapshot;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.fault.Crash;
import bricklayer.fault.FaultPoint.Moment;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.operation.Attempt;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import bricklayer.problem.Problem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hosting volume has to give, and who sees what, while operations are under way. */
class HostingVolumesTest {

    private final StorageWorld world = new StorageWorld(3, _ -> {});

    @ParameterizedTest
    @CsvSource({"200, 4", "500, 10", "1024, 21", "1100, 22", "10, 1", "1, 1", "2000000000, 40000000"})
    void aPartIsKeptBack(int sizeGiB, int reservedGiB) {
        assertThat(HostingSpace.reservedOf(sizeGiB)).isEqualTo(reservedGiB);
        assertThat(HostingSpace.usableOf(sizeGiB)).isEqualTo(sizeGiB - reservedGiB);
    }

    private static BlockVolumeCreateRequest block(int sizeGiB, int haCount) {
        return new BlockVolumeCreateRequest(sizeGiB, List.of(), "", haCount, false);
    }

    private Planner creating(BlockVolumeCreateRequest request) {
        return (rows, attempt) -> world.blockPlans.create(rows, request, world.answering(), attempt);
    }

    private Volume hosting() {
        return world.rows().all(Volume.TABLE).iterator().next();
    }

    /** The process dies before that step of the operation, and the next one has not taken it up yet. */
    private void dieBefore(String step, Planner planner) {
        world.boot(point -> {
            if (point.moment() == Moment.BEFORE && point.where().contains("/" + step + "@")) {
                throw new Crash(point);
            }
        });
        assertThatThrownBy(() -> world.submit(planner)).isInstanceOf(Crash.class);
    }

    @Test
    void whileAHostingVolumeIsMadeOthersWaitAndNobodySeesIt() {
        dieBefore("create-block-volume", creating(block(10, 0)));

        Cluster cluster = world.rows().get(Cluster.TABLE, world.cluster).orElseThrow();
        assertThat(Inventory.isVisible(world.rows(), hosting())).isFalse();
        assertThat(Views.cluster(world.rows(), cluster).volumes()).isEmpty();
        assertThat(Views.cluster(world.rows(), cluster).blockVolumes()).isEmpty();
        assertThatThrownBy(() -> creating(block(10, 0)).plan(world.rows(), new Attempt(1, Set.of())))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(429));

        world.boot(bricklayer.fault.Faults.NONE);
        world.recover();
        world.check();
        assertThat(world.submit(creating(block(10, 0))).orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(Views.cluster(world.rows(), cluster).blockVolumes()).hasSize(1);
        assertThat(Views.volume(world.rows(), hosting()).blockInfo().freeGiB()).isEqualTo(88);
    }

    @Test
    void whatAnExpansionWillTakeIsTakenWhenItBegins() {
        world.prepared(creating(block(10, 0)));
        BlockVolumeId id = world.onlyBlock().id();
        dieBefore("resize-block-volume", (rows, attempt) -> world.blockPlans.expand(rows, id, 60, world.answering()));

        assertThat(world.onlyBlock().sizeGiB()).isEqualTo(10);
        assertThat(HostingSpace.freeGiB(world.rows(), hosting())).isEqualTo(98 - 60);
        assertThat(Inventory.isVisible(world.rows(), world.onlyBlock())).isTrue();

        world.boot(bricklayer.fault.Faults.NONE);
        world.recover();
        world.check();
        assertThat(HostingSpace.freeGiB(world.rows(), hosting()))
                .isEqualTo(98 - world.onlyBlock().sizeGiB());
    }

    @Test
    void aHostingVolumeGrowsByItsPartsAndIsNotDeletedUnderItsBlockVolumes() {
        world.prepared(creating(block(10, 2)));
        Volume before = hosting();
        world.submit((rows, attempt) -> world.volumePlans.expand(rows, before.id(), 50, attempt));

        assertThat(hosting().reservedGiB()).isEqualTo(3);
        assertThat(HostingSpace.freeGiB(world.rows(), hosting())).isEqualTo(147 - 10);
        assertThatThrownBy(() -> world.volumePlans.delete(world.rows(), before.id()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409))
                .hasMessage("Cannot delete a block hosting volume containing block volumes");
    }

    @Test
    void tooFewHostsIsTheOutcomeOfTheJobAndLeavesNothing() {
        var refused = world.submit((rows, attempt) -> world.blockPlans.create(
                        rows,
                        block(10, 2),
                        world.answering().stream().limit(1).collect(java.util.stream.Collectors.toSet()),
                        attempt))
                .orElseThrow();
        assertThat(refused.error()).contains("insufficient block hosts online");
        world.check();
        world.mustBeAsBefore();
        assertThat(world.rows().count(BlockVolume.TABLE)).isZero();
    }

    @Test
    void aHostCountThatIsTooLargeMeansAll() {
        world.prepared(creating(block(10, 9)));
        assertThat(world.onlyBlock().haCount()).isEqualTo(3);
    }

    @Test
    void aHostingVolumeMadeByHandGetsItsOptionsBetweenTheOthers() {
        world.prepared((rows, attempt) -> world.volumePlans.create(
                rows,
                new VolumeCreateRequest(
                        50,
                        "",
                        List.of(),
                        Durability.none(),
                        0,
                        List.of("performance.io-cache on"),
                        true,
                        Snapshot.UNSAID),
                attempt));
        assertThat(hosting().options()).containsExactly("", "group gluster-block", "performance.io-cache on", "");
        assertThat(world.executor.nodes().pictures().values())
                .anyMatch(picture ->
                        picture.contains("performance.io-cache=on") && picture.contains("features.shard=on"));
    }
}
