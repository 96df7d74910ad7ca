package bricklayer.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands for fstab do to a file, with this machine's shell. The lock is another one, else they are what nodes get. */
class FstabScriptsTest {

    private static final String OPTIONS = "rw,inode64";
    private static final String DEVICE = "/dev/mapper/vg_1-brick_a";
    private static final String LINE = DEVICE + " /mnt/a xfs " + OPTIONS + " 1 2\n";
    private static final String OTHERS =
            "# made by hand\nUUID=1 / ext4 defaults 0 1\n\n" + DEVICE + "b /mnt/ab xfs rw 1 2\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path fstab;

    @SuppressWarnings("NullAway.Init")
    private Mounts mounts;

    @BeforeEach
    void chooseFile() {
        fstab = folder.resolve("fstab");
        mounts = mountsIn(fstab);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OTHERS})
    void addsAndRemovesALine(String before) throws Exception {
        Files.writeString(fstab, before);

        assertThat(has(DEVICE)).isFalse();
        add(DEVICE, "/mnt/a");
        assertThat(fstab).hasContent(before + LINE);
        assertThat(has(DEVICE)).isTrue();
        remove(DEVICE);
        assertThat(Files.readString(fstab)).isEqualTo(before);
        assertThat(has(DEVICE)).isFalse();
    }

    @Test
    void addsALineOnce() throws Exception {
        Files.writeString(fstab, OTHERS);

        add(DEVICE, "/mnt/a");
        add(DEVICE, "/mnt/a");

        assertThat(Files.readString(fstab)).isEqualTo(OTHERS + LINE);
    }

    @Test
    void endsALastLineWithoutNewline() throws Exception {
        Files.writeString(fstab, "UUID=1 / ext4 defaults 0 1");

        add(DEVICE, "/mnt/a");

        assertThat(Files.readString(fstab)).isEqualTo("UUID=1 / ext4 defaults 0 1\n" + LINE);
    }

    @Test
    void makesAMissingFile() throws Exception {
        assertThat(has(DEVICE)).isFalse();
        remove(DEVICE);
        assertThat(fstab).doesNotExist();

        add(DEVICE, "/mnt/a");

        assertThat(Files.readString(fstab)).isEqualTo(LINE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fstab)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void removesNothingElse() throws Exception {
        String others = "#" + LINE + "# " + DEVICE + " is ours\n/x" + LINE + DEVICE + ".1 /mnt/c xfs rw 1 2\n";
        Files.writeString(fstab, others + DEVICE + "\t/mnt/a\txfs\trw 0 0\n  " + LINE);

        assertThat(has(DEVICE)).isTrue();
        remove(DEVICE);

        assertThat(Files.readString(fstab)).isEqualTo(others);
        assertThat(has(DEVICE)).isFalse();
    }

    @Test
    void leavesTheFileAloneWhenNothingIsToDo() throws Exception {
        Files.writeString(fstab, OTHERS + "last line without newline");
        Object before = Files.getAttribute(fstab, "unix:ino");

        remove(DEVICE);

        assertThat(Files.getAttribute(fstab, "unix:ino")).isEqualTo(before);
        assertThat(Files.readString(fstab)).isEqualTo(OTHERS + "last line without newline");
    }

    @Test
    void keepsBytesOfOtherLines() throws Exception {
        byte[] others = "\t caf\u00e9 \\040 \u00ff\u0080 'a' \"b\" $(c) `d` \\n %s * \r\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(fstab, others);

        add(DEVICE, "/mnt/a");
        add("/dev/b", "/mnt/b");
        remove(DEVICE);
        remove("/dev/b");

        assertThat(Files.readAllBytes(fstab)).isEqualTo(others);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/$(id)",
                "/dev/`id`",
                "/dev/'x\"",
                "/dev/a\\nb\\",
                "/dev/[a].*",
                "-e",
                "%s",
                "/dev/ü",
                "a=b",
                "1e1"
            })
    void takesAnyDeviceAsText(String device) throws Exception {
        Files.writeString(fstab, "/dev/xa /mnt/x xfs rw 1 2\n10 /mnt/y xfs rw 1 2\n");
        String before = Files.readString(fstab);

        add(device, "/mnt/$HOME/&");
        assertThat(Files.readString(fstab)).isEqualTo(before + device + " /mnt/$HOME/& xfs " + OPTIONS + " 1 2\n");
        assertThat(has(device)).isTrue();
        remove(device);

        assertThat(Files.readString(fstab)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb", "a\nb"})
    void refusesWhatIsNoField(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> mounts.addFstabEntry(text, "/mnt/a"));
        assertThatIllegalArgumentException().isThrownBy(() -> mounts.addFstabEntry(DEVICE, text));
    }

    @Test
    void keepsPermissionsAndOwner() throws Exception {
        Files.writeString(fstab, OTHERS);
        Files.setPosixFilePermissions(fstab, PosixFilePermissions.fromString("rw-r-----"));
        if ((int) Files.getAttribute(fstab, "unix:uid") == 0) {
            Files.setAttribute(fstab, "unix:uid", 1234);
            Files.setAttribute(fstab, "unix:gid", 2345);
        }
        Object before = Files.readAttributes(fstab, "unix:mode,uid,gid");

        add(DEVICE, "/mnt/a");
        assertThat((Object) Files.readAttributes(fstab, "unix:mode,uid,gid")).isEqualTo(before);
        remove(DEVICE);
        assertThat((Object) Files.readAttributes(fstab, "unix:mode,uid,gid")).isEqualTo(before);
    }

    @Test
    void followsASymbolicLink() throws Exception {
        Path real = Files.createDirectory(folder.resolve("elsewhere")).resolve("real");
        Files.writeString(real, OTHERS);
        Files.createSymbolicLink(fstab, Path.of("elsewhere/real"));

        add(DEVICE, "/mnt/a");
        assertThat(fstab).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo(OTHERS + LINE);
        assertThat(has(DEVICE)).isTrue();
        remove(DEVICE);

        assertThat(fstab).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo(OTHERS);
    }

    @Test
    void startsAfreshFromWhatAKilledCommandLeft() throws Exception {
        Files.writeString(fstab, OTHERS);
        Files.writeString(folder.resolve("fstab.bricklayer"), "half a li");

        add(DEVICE, "/mnt/a");

        assertThat(Files.readString(fstab)).isEqualTo(OTHERS + LINE);
        assertThat(folder.resolve("fstab.bricklayer")).doesNotExist();
    }

    @Test
    void failsWhereItCannotRead() throws Exception {
        Files.createDirectory(fstab);

        assertThat(run(mounts.addFstabEntry(DEVICE, "/mnt/a")).status()).isNotZero();
        assertThat(run(mounts.removeFstabEntry(DEVICE)).status()).isNotZero();
        assertThat(fstab).isEmptyDirectory();
    }

    @Test
    void parallelEditsLoseNothing() throws Exception {
        StringBuilder expected = new StringBuilder(OTHERS);
        StringBuilder before = new StringBuilder(OTHERS);
        for (int i = 0; i < 10; i++) {
            before.append("/dev/old").append(i).append(" /mnt/old xfs rw 1 2\n");
        }
        Files.writeString(fstab, before);
        List<Process> edits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            edits.add(start(mounts.addFstabEntry("/dev/new" + i, "/mnt/new")));
            edits.add(start(mounts.removeFstabEntry("/dev/old" + i)));
            expected.append("/dev/new")
                    .append(i)
                    .append(" /mnt/new xfs ")
                    .append(OPTIONS)
                    .append(" 1 2\n");
        }
        for (Process edit : edits) {
            assertThat(edit.waitFor()).isZero();
        }

        assertThat(Files.readAllLines(fstab))
                .containsExactlyInAnyOrderElementsOf(expected.toString().lines().toList());
    }

    private void add(String device, String path) throws Exception {
        requireDone(run(mounts.addFstabEntry(device, path)));
    }

    private void remove(String device) throws Exception {
        requireDone(run(mounts.removeFstabEntry(device)));
    }

    private boolean has(String device) throws Exception {
        var query = mounts.fstabHas(device);
        return query.answer().apply(run(query.command()));
    }

    private static void requireDone(Exited answer) {
        assertThat(answer).isEqualTo(new Exited(0, "", ""));
    }

    private Exited run(Command command) throws Exception {
        Process process = start(command);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Exited(process.waitFor(), out, err);
    }

    private Process start(Command command) throws IOException {
        List<String> argv = new ArrayList<>(command.argv());
        if (argv.getFirst().equals("flock")) {
            argv.set(1, folder.resolve("lock").toString());
        }
        return new ProcessBuilder(argv).start();
    }

    private static Mounts mountsIn(Path fstab) {
        return new Mounts(new MountSettings(fstab.toString(), OPTIONS, 0, 0, Duration.ofMinutes(1)));
    }
}
