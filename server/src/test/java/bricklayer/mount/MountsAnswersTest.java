package bricklayer.mount;

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

class MountsAnswersTest {

    private static final long SEED = 638;
    private static final Mounts MOUNTS = new Mounts(MountSettings.DEFAULTS);
    private static final Answers ANSWERS = new Answers(MountsAnswersTest.class);
    private static final Query<Optional<String>> FILE_SYSTEM = MOUNTS.fileSystemOn("/dev/mapper/vg_1-brick_a");
    private static final Query<Boolean> MOUNTED = MOUNTS.mounted("/m/a");
    private static final Query<Optional<String>> DEVICE = MOUNTS.deviceAt("/var/lib/heketi/mounts/vg_b/brick_b2");
    private static final Query<Boolean> IN_FSTAB = MOUNTS.fstabHas("/dev/mapper/vg_1-brick_a");
    private static final Query<Boolean> DIRECTORY = MOUNTS.directoryExists("/m/a");
    private static final Query<Long> GROUP = MOUNTS.groupOf("/m/a");

    @ParameterizedTest
    @CsvSource({"blkid-xfs, xfs", "blkid-ext4, ext4", "blkid-pv, LVM2_member"})
    void readsTypesOfFileSystems(String answer, String type) {
        assertThat(ask(FILE_SYSTEM, answer)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blkid-clean", "blkid-nodevice"})
    void seesThatThereIsNoFileSystem(String answer) {
        assertThat(ask(FILE_SYSTEM, answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"findmnt-yes, true", "findmnt-twice, true", "findmnt-no, false", "findmnt-nodir, false"})
    void seesMounts(String answer, boolean mounted) {
        assertThat(ask(MOUNTED, answer)).isEqualTo(mounted);
    }

    @Test
    void seesWhatIsMounted() {
        String out = "/dev/mapper/vg_1-brick_a on /m/a type xfs (rw,noatime)\nproc on /proc type proc (rw)\n";

        assertThat(MOUNTS.mountedDevices().answer().apply(new Exited(0, out, "")))
                .containsExactlyInAnyOrder("/dev/mapper/vg_1-brick_a", "proc");
        requireUnreadable(MOUNTS.mountedDevices(), new Exited(1, "", "mount: not allowed\n"));
        requireUnreadable(MOUNTS.mountedDevices(), new Exited(0, "Welcome\n", ""));
    }

    @Test
    void seesWhatFstabNames() {
        String file =
                "# a comment about /dev/vdz\n\n/dev/mapper/vg_1-brick_a  /m/a xfs\trw,noatime 1 2\nUUID=1 none swap sw 0 0\n";

        assertThat(MOUNTS.fstabEntries().answer().apply(new Exited(0, file, "")))
                .containsExactly(
                        new FstabEntry("/dev/mapper/vg_1-brick_a", "/m/a", "xfs", "rw,noatime"),
                        new FstabEntry("UUID=1", "none", "swap", "sw"));
        assertThat(MOUNTS.fstabEntries()
                        .answer()
                        .apply(new Exited(1, "", "cat: /etc/fstab: No such file or directory\n")))
                .isEmpty();
        requireUnreadable(MOUNTS.fstabEntries(), new Exited(1, "", "cat: /etc/fstab: Permission denied\n"));
    }

    @Test
    void readsWhatIsMounted() {
        assertThat(ask(DEVICE, "findmnt-source")).contains("/dev/mapper/vg_b-brick_b2");
        assertThat(ask(DEVICE, "findmnt-no")).isEmpty();
        requireUnreadable(DEVICE, ANSWERS.read("findmnt-yes"));
    }

    @Test
    void tellsOurDeviceFromAnother() {
        Query<Boolean> ours = MOUNTS.isAt("/dev/mapper/vg_b-brick_b2", "/var/lib/heketi/mounts/vg_b/brick_b2");
        Query<Boolean> another = MOUNTS.isAt("/dev/mapper/vg_b-brick_b3", "/var/lib/heketi/mounts/vg_b/brick_b2");

        assertThat(ask(ours, "findmnt-source")).isTrue();
        assertThat(ask(another, "findmnt-source")).isFalse();
        assertThat(ask(ours, "findmnt-no")).isFalse();
        assertThat(ours.answer().apply(new Exited(0, "/dev/vdz\n/dev/mapper/vg_b-brick_b2\n", "")))
                .isTrue();
        assertThat(ours.answer().apply(new Exited(0, "/dev/dm-3\n", ""))).isTrue();
        requireUnreadable(ours, new Exited(0, "", ""));
        requireUnreadable(ours, new Exited(0, "Last login: today\n", ""));
        requireUnreadable(ours, new Exited(1, "", "findmnt: not allowed\n"));
    }

    @ParameterizedTest
    @CsvSource({"test-yes, true", "test-no, false"})
    void seesDirectories(String answer, boolean exists) {
        assertThat(ask(DIRECTORY, answer)).isEqualTo(exists);
        assertThat(ask(IN_FSTAB, answer)).isEqualTo(exists);
    }

    @ParameterizedTest
    @CsvSource({"stat, 0", "stat-2001, 2001", "stat-missing, -1"})
    void readsGroups(String answer, long group) {
        assertThat(ask(GROUP, answer)).isEqualTo(group);
    }

    @Test
    void concludesNothingWhereItMayNotLook() {
        requireUnreadable(FILE_SYSTEM, ANSWERS.read("blkid-user"));
        requireUnreadable(GROUP, ANSWERS.read("stat-notdir"));
        requireUnreadable(GROUP, new Exited(1, "", "stat: cannot statx '/m/a': Permission denied\n"));
        requireUnreadable(IN_FSTAB, new Exited(2, "", "awk: cannot open /etc/fstab (Permission denied)\n"));
        requireUnreadable(FILE_SYSTEM, new Exited(8, "", "")); // several signatures
        requireUnreadable(FILE_SYSTEM, new Exited(0, "", "")); // a partition table and nothing else
    }

    /** Whoever stands between us and the program: sudo, a login shell that turns us away, timeout(1), a shell without the program. */
    @ParameterizedTest
    @CsvSource({
        "1,   '',                                         'sudo: a password is required'",
        "1,   '',                                         'sudo: /etc/sudoers is owned by uid 1, should be 0'",
        "1,   'This account is currently not available.', ''",
        "124, '',                                         ''",
        "126, '',                                         'sh: findmnt: Permission denied'",
        "127, '',                                         'sh: findmnt: not found'",
        "137, '',                                         ''",
    })
    void takesNobodyElsesWordForANo(int status, String out, String err) {
        for (Query<?> query : List.of(FILE_SYSTEM, MOUNTED, IN_FSTAB, DIRECTORY, GROUP)) {
            requireUnreadable(query, new Exited(status, out, err));
        }
    }

    @Test
    void livesWithSudoNotKnowingItsHost() {
        String noise = "sudo: unable to resolve host n1: Name or service not known\n";

        assertThat(MOUNTED.answer().apply(new Exited(1, "", noise))).isFalse();
        assertThat(MOUNTED.answer().apply(new Exited(0, "/m/a\n", noise))).isTrue();
        assertThat(GROUP.answer()
                        .apply(new Exited(
                                1, "", noise + ANSWERS.read("stat-missing").err())))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void concludesNothingElseFromDamage(Damage<?> damage) {
        damage.cutShort(0);
        damage.otherStatus();
        damage.foreignBytes(SEED);
    }

    @ParameterizedTest
    @MethodSource("presence")
    void doesNotMistakePresenceForOtherLetters(Damage<?> damage) {
        damage.otherLetters(SEED);
    }

    static Stream<Damage<?>> whole() {
        return Stream.of(
                new Damage<>(FILE_SYSTEM, ANSWERS.read("blkid-xfs"), type -> type),
                new Damage<>(FILE_SYSTEM, ANSWERS.read("blkid-pv"), type -> type),
                new Damage<>(FILE_SYSTEM, ANSWERS.read("blkid-clean"), type -> type),
                new Damage<>(MOUNTED, ANSWERS.read("findmnt-yes"), mounted -> mounted),
                new Damage<>(MOUNTED, ANSWERS.read("findmnt-twice"), mounted -> mounted),
                new Damage<>(MOUNTED, ANSWERS.read("findmnt-no"), mounted -> mounted),
                new Damage<>(DEVICE, ANSWERS.read("findmnt-source"), device -> device),
                new Damage<>(GROUP, ANSWERS.read("stat"), group -> group),
                new Damage<>(GROUP, ANSWERS.read("stat-2001"), group -> group),
                new Damage<>(GROUP, ANSWERS.read("stat-missing"), group -> group));
    }

    static Stream<Damage<?>> presence() {
        return Stream.of(
                new Damage<>(FILE_SYSTEM, ANSWERS.read("blkid-xfs"), Optional::isPresent),
                new Damage<>(MOUNTED, ANSWERS.read("findmnt-yes"), mounted -> mounted),
                new Damage<>(GROUP, ANSWERS.read("stat-2001"), group -> group >= 0),
                new Damage<>(GROUP, ANSWERS.read("stat-missing"), group -> group >= 0));
    }

    /** Of coreutils 9.1. */
    @Test
    void readsHowLargeFileSystemsAre() {
        Query<Map<String, Long>> sizes = new Mounts(MountSettings.DEFAULTS).sizes(List.of("/", "/data"));
        String missing = "stat: cannot read file system information for '/data': No such file or directory\n";

        assertThat(sizes.answer().apply(new Exited(0, "4096 66053021 /\n1024 2048 /data\n", "")))
                .isEqualTo(Map.of("/", 264_212_084L, "/data", 2048L));
        assertThat(sizes.answer().apply(new Exited(1, "4096 66053021 /\n", missing)))
                .as("what is not there is left out")
                .isEqualTo(Map.of("/", 264_212_084L));
        requireUnreadable(sizes, new Exited(1, "", "sudo: a password is required\n"));
        requireUnreadable(sizes, new Exited(1, "", ""));
        requireUnreadable(sizes, new Exited(0, "something else\n", ""));
    }

    private static <T> T ask(Query<T> query, String answer) {
        return query.answer().apply(ANSWERS.read(answer));
    }

    private static void requireUnreadable(Query<?> query, Exited answer) {
        assertThatExceptionOfType(UnreadableAnswer.class)
                .as("%s, status %d, %s%s", query.command(), answer.status(), answer.out(), answer.err())
                .isThrownBy(() -> query.answer().apply(answer));
    }
}
