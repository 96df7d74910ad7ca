package bricklayer.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bricklayer.captured.Answers;
import bricklayer.captured.Damage;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LvmAnswersTest {

    private static final long SEED = 20_230_711;
    private static final Lvm LVM = new Lvm(LvmSettings.DEFAULTS);
    private static final Answers ANSWERS = new Answers(LvmAnswersTest.class);
    private static final PhysicalVolume PV = new PhysicalVolume("DfPwKf-aLAq-NEtY-aFR0-IJkU-vDGG-ZXVvrK", "vg_1");

    @ParameterizedTest
    @CsvSource({
        "lv-whole,     true,  false",
        "lv-emptypool, false, true",
        "lv-onlyclone, false, false",
        "lv-none,      false, false",
    })
    void seesThinVolumes(String answer, boolean volume, boolean emptyPool) {
        assertThat(ask(thinLv("vg_1"), answer)).isEqualTo(new ThinLvSeen(volume, emptyPool));
    }

    @Test
    void noGroupHoldsNoThinVolume() {
        assertThat(ask(thinLv("vg_none"), "lv-novg")).isEqualTo(new ThinLvSeen(false, false));
    }

    @Test
    void seesVolumeGroups() {
        assertThat(ask(LVM.vgExists("vg_1"), "vg")).isTrue();
        assertThat(ask(LVM.vgExists("vg_none"), "vg-missing")).isFalse();
        assertThat(ask(LVM.vgExists("vg_none"), "vg-leakedfd")).isFalse();
    }

    @Test
    void seesPhysicalVolumes() {
        assertThat(ask(LVM.pvOf("/dev/vdb"), "pv-group")).contains(PV);
        assertThat(ask(LVM.pvOf("/dev/vdb"), "pv-nogroup")).contains(new PhysicalVolume(PV.uuid(), ""));
        assertThat(ask(LVM.pvOf("/dev/vdb"), "pv-clean")).isEmpty();
        assertThat(ask(LVM.pvOf("/dev/disk/by-id/c"), "pv-foreign")).isEmpty();
    }

    @Test
    void passesReportsOnAsTheyAre() {
        assertThat(ask(LVM.volumeGroups(), "vgsize"))
                .containsExactly(
                        Map.of("vg_size", "20836352.00", "vg_free", "20836352.00", "vg_extent_size", "4096.00"));
        assertThat(ask(LVM.logicalVolumes(), "lv-none")).isEmpty();
        assertThat(ask(LVM.physicalVolumes(), "pv-group"))
                .singleElement()
                .isEqualTo(Map.of("pv_uuid", PV.uuid(), "vg_name", "vg_1"));
    }

    @Test
    void measuresVolumeGroups() {
        assertThat(ask(LVM.vgSize("vg_1"), "vgsize")).isEqualTo(new VolumeGroupSize(20_836_352, 20_836_352, 4096));
    }

    @Test
    void seesSignatures() {
        assertThat(ask(LVM.signatures("/dev/vdb"), "wipefs-clean")).isEmpty();
        assertThat(ask(LVM.signatures("/dev/vdb"), "wipefs-pv")).containsExactlyInAnyOrder(PV.uuid(), "LVM2_member");
        assertThat(ask(LVM.signatures("/dev/vdc"), "wipefs-ext4"))
                .containsExactlyInAnyOrder("338bf2da-88ad-48f1-83b1-c2a65d7b7426", "ext4");
        assertThat(LVM.signatures("/dev/vdc").answer().apply(new Exited(0, ",gpt\n", "")))
                .containsExactly("gpt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lv-user", "lv-exported"})
    void doesNotTakeRefusedVolumesForAbsent(String answer) {
        requireUnreadable(thinLv("vg_1"), ANSWERS.read(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vg-user", "vg-locked"})
    void doesNotTakeRefusedGroupsForAbsent(String answer) {
        requireUnreadable(LVM.vgExists("vg_1"), ANSWERS.read(answer));
    }

    @Test
    void aDeviceThatIsNotThereIsNoPhysicalVolume() {
        assertThat(LVM.pvOf("/dev/nope").answer().apply(ANSWERS.read("pv-nodevice")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pv-user", "pv-filter"})
    void doesNotTakeRefusedDevicesForUnused(String answer) {
        requireUnreadable(LVM.pvOf("/dev/vdb"), ANSWERS.read(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wipefs-user", "wipefs-nodevice"})
    void doesNotTakeRefusedDevicesForClean(String answer) {
        requireUnreadable(LVM.signatures("/dev/vdb"), ANSWERS.read(answer));
    }

    @Test
    void doesNotTakeAbsenceOfAnotherGroup() {
        requireUnreadable(LVM.vgExists("vg_1"), ANSWERS.read("vg-missing"));
        requireUnreadable(thinLv("vg_1"), ANSWERS.read("lv-novg"));
        requireUnreadable(LVM.vgExists("vg_2"), ANSWERS.read("vg"));
    }

    @Test
    void doesNotMeasureWhatIsNotThere() {
        requireUnreadable(LVM.vgSize("vg_none"), ANSWERS.read("vgsize-missing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"20836353.00", "20836352,00", "NaN", "-4096.00", "2e7", "99999999999999999999.00", "4096.50", ""
            })
    void refusesImpossibleSizes(String size) {
        Exited answer = ANSWERS.read("vgsize");
        requireUnreadable(LVM.vgSize("vg_1"), new Exited(0, answer.out().replaceFirst("20836352\\.00", size), ""));
    }

    @Test
    void refusesWordsOfSudo() {
        Exited sudo = new Exited(1, "", "sudo: a password is required\n");
        for (Query<?> query : List.of(
                thinLv("vg_1"),
                LVM.vgExists("vg_1"),
                LVM.pvOf("/dev/vdb"),
                LVM.vgSize("vg_1"),
                LVM.signatures("/dev/vdb"))) {
            requireUnreadable(query, sudo);
        }
    }

    @ParameterizedTest
    @MethodSource("whole")
    void concludesNothingElseFromDamage(Damage<?> damage) {
        damage.cutShort(1);
        damage.otherStatus();
        damage.foreignBytes(SEED);
    }

    @ParameterizedTest
    @MethodSource("presence")
    void doesNotMistakePresenceForOtherLetters(Damage<?> damage) {
        damage.otherLetters(SEED);
    }

    static Stream<Damage<?>> whole() {
        Stream.Builder<Damage<?>> all = Stream.builder();
        for (String answer : List.of("lv-whole", "lv-emptypool", "lv-onlyclone", "lv-none")) {
            all.add(new Damage<>(thinLv("vg_1"), ANSWERS.read(answer), seen -> seen));
        }
        all.add(new Damage<>(thinLv("vg_none"), ANSWERS.read("lv-novg"), seen -> seen));
        all.add(new Damage<>(LVM.vgExists("vg_1"), ANSWERS.read("vg"), exists -> exists));
        all.add(new Damage<>(LVM.vgExists("vg_none"), ANSWERS.read("vg-missing"), exists -> exists));
        all.add(new Damage<>(LVM.vgExists("vg_none"), ANSWERS.read("vg-leakedfd"), exists -> exists));
        for (String answer : List.of("pv-group", "pv-nogroup", "pv-clean")) {
            all.add(new Damage<>(LVM.pvOf("/dev/vdb"), ANSWERS.read(answer), pv -> pv));
        }
        all.add(new Damage<>(LVM.vgSize("vg_1"), ANSWERS.read("vgsize"), size -> size));
        for (String answer : List.of("wipefs-pv", "wipefs-ext4", "wipefs-clean")) {
            all.add(new Damage<>(LVM.signatures("/dev/vdb"), ANSWERS.read(answer), found -> found));
        }
        return all.build();
    }

    static Stream<Damage<?>> presence() {
        Stream.Builder<Damage<?>> all = Stream.builder();
        for (String answer : List.of("lv-whole", "lv-emptypool", "lv-onlyclone", "lv-none")) {
            all.add(new Damage<>(thinLv("vg_1"), ANSWERS.read(answer), ThinLvSeen::volume));
        }
        all.add(new Damage<>(thinLv("vg_none"), ANSWERS.read("lv-novg"), ThinLvSeen::volume));
        all.add(new Damage<>(LVM.vgExists("vg_1"), ANSWERS.read("vg"), exists -> exists));
        all.add(new Damage<>(LVM.vgExists("vg_none"), ANSWERS.read("vg-missing"), exists -> exists));
        for (String answer : List.of("pv-group", "pv-nogroup", "pv-clean")) {
            all.add(new Damage<>(LVM.pvOf("/dev/vdb"), ANSWERS.read(answer), Optional::isPresent));
        }
        for (String answer : List.of("wipefs-pv", "wipefs-ext4", "wipefs-clean")) {
            all.add(new Damage<>(LVM.signatures("/dev/vdb"), ANSWERS.read(answer), List::isEmpty));
        }
        return all.build();
    }

    private static Query<ThinLvSeen> thinLv(String group) {
        return LVM.thinLv(new ThinLv(group, "tp_a", "brick_a", 1_048_576, 8192, 1_048_576, false, List.of()));
    }

    private static <T> T ask(Query<T> query, String answer) {
        return query.answer().apply(ANSWERS.read(answer));
    }

    private static void requireUnreadable(Query<?> query, Exited answer) {
        assertThatExceptionOfType(UnreadableAnswer.class)
                .as("%s", query.command())
                .isThrownBy(() -> query.answer().apply(answer));
    }
}
