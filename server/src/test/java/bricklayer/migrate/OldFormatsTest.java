package bricklayer.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ImportReport.Finding;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Brick;
import bricklayer.inventory.BrickId;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.DeviceId;
import bricklayer.inventory.HostingSpace;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.store.memory.MemoryStore;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A database of release 6, which lacks what later releases added, becomes what Heketi would make of it when it opens it. */
final class OldFormatsTest {

    private final HeketiImport.Draft draft =
            Imported.with(Imported.orders(Map.of())).draft(Imported.resource("old.json"));

    @Test
    void hasNoProblems() {
        assertThat(draft.report().problems()).isEmpty();
    }

    @Test
    void aClusterWithoutFlagsTakesBothKinds() {
        assertThat(draft.rows()
                        .get(Cluster.TABLE, new ClusterId("c1".repeat(16)))
                        .orElseThrow())
                .extracting(Cluster::file, Cluster::block)
                .containsExactly(true, true);
    }

    @Test
    void aBrickIsNamedAfterItsIdWhereNothingElseIsSaid() {
        Brick brick = brick("b1");
        assertThat(brick.pool()).isEqualTo("tp_" + "b1".repeat(16));
        assertThat(brick.lv()).isEqualTo("brick_" + "b1".repeat(16));
        assertThat(brick.arbiter()).isFalse();
    }

    @Test
    void aBrickFindsItsVolumeInThatsList() {
        assertThat(brick("b1").volume()).isEqualTo(new VolumeId("e1".repeat(16)));
    }

    @Test
    void theSmallOneOfAnArbiterVolumesBricksIsTheArbiter() {
        assertThat(brick("a7").arbiter()).isTrue();
        assertThat(brick("a8").arbiter()).isFalse();
        assertThat(brick("a9").arbiter()).isFalse();
    }

    @Test
    void aBrickWithoutAPathIsLeftOutAndNamed() {
        assertThat(draft.rows().get(Brick.TABLE, new BrickId("b9".repeat(16)))).isEmpty();
        assertThat(noted("brick", "b9", "Info.path")).isTrue();
    }

    @Test
    void aHostingVolumeKeepsSomethingBackFromNowOn() {
        Volume hosting = volume("eb");
        assertThat(hosting.reservedGiB()).isEqualTo(2);
        assertThat(hosting.restriction()).isEmpty();
        assertThat(HostingSpace.freeGiB(draft.rows(), hosting)).isEqualTo(93);
        assertThat(noted("volume", "eb", "Info.blockinfo.reservedsize")).isTrue();
    }

    @Test
    void aHostingVolumeWithoutRoomForThatIsLocked() {
        assertThat(volume("ec").restriction()).isEqualTo(Volume.LOCKED_BY_UPDATE);
        assertThat(volume("ec").reservedGiB()).isZero();
    }

    @Test
    void aHostingVolumeWhoseSumsWereWrongIsLocked() {
        assertThat(volume("ed").restriction()).isEqualTo(Volume.LOCKED_BY_UPDATE);
        assertThat(HostingSpace.freeGiB(draft.rows(), volume("ed"))).isEqualTo(100);
        assertThat(noted("volume", "ed", "Info.blockinfo.freesize")).isTrue();
    }

    @Test
    void aBlockVolumeOffersAllOfItself() {
        assertThat(draft.rows()
                        .get(BlockVolume.TABLE, new BlockVolumeId("f1".repeat(16)))
                        .orElseThrow()
                        .usableGiB())
                .isEqualTo(5);
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThat(draft.report().notes())
                .anySatisfy(note ->
                        assertThat(note.field()).isEqualTo("/deviceentries/" + "d1".repeat(16) + "/Info/colour"));
    }

    @Test
    void spaceThatHeketiLostCountOfIsNamed() {
        assertThat(noted("device", "d1", "Info.storage")).isTrue();
    }

    @Test
    void aMarkOfAnOperationThatIsGoneIsNamed() {
        assertThat(noted("volume", "e1", "Pending.Id")).isTrue();
    }

    @Test
    void theIdOfAPhysicalVolumeIsAskedOfTheNode() {
        String group = "vg_" + "d1".repeat(16);
        assertThat(device(draft).pvUuid()).as("no node answers").isEmpty();
        HeketiImport asking = Imported.with(Imported.orders(Map.of()), node -> Optional.of(Map.of(group, "Ab3xYz")));
        assertThat(device(asking.draft(Imported.resource("old.json"))).pvUuid()).isEqualTo("Ab3xYz");
    }

    private static Device device(HeketiImport.Draft draft) {
        return draft.rows().get(Device.TABLE, new DeviceId("d1".repeat(16))).orElseThrow();
    }

    @Test
    void whatWasImportedOnceIsImportedAgainWithoutANote() {
        try (MemoryStore store = Imported.store(draft)) {
            HeketiImport.Draft second = Imported.with(Imported.orders(Map.of())).draft(Imported.exported(store));

            assertThat(second.report().problems()).isEmpty();
            assertThat(second.report().notes())
                    .filteredOn(note -> !note.text().startsWith("gluster has no volume"))
                    .extracting(Finding::field)
                    .containsExactly("Info.pv_uuid");
        }
    }

    private Brick brick(String digits) {
        return draft.rows().get(Brick.TABLE, new BrickId(digits.repeat(16))).orElseThrow();
    }

    private Volume volume(String digits) {
        return draft.rows().get(Volume.TABLE, new VolumeId(digits.repeat(16))).orElseThrow();
    }

    private boolean noted(String entity, String digits, String field) {
        return draft.report().notes().stream()
                .anyMatch(note -> note.entity().equals(entity)
                        && note.id().equals(digits.repeat(16))
                        && note.field().equals(field));
    }
}
