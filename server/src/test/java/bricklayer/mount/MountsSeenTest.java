package bricklayer.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bricklayer.captured.Answers;
import bricklayer.captured.Damage;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import bricklayer.mount.MountsSeen.Folder;
import bricklayer.mount.MountsSeen.Mounted;
import bricklayer.mount.MountsSeen.Stray;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MountsSeenTest {

    private static final String ROOT = "/var/lib/heketi/mounts";
    private static final Query<MountsSeen> LOOK = new Mounts(MountSettings.DEFAULTS).look(ROOT);
    private static final Answers ANSWERS = new Answers(MountsSeenTest.class);

    @Test
    void readsASoundNode() {
        MountsSeen seen = read("look");

        assertThat(seen.mounts())
                .contains(new Mounted(
                        "/dev/mapper/vg_b-brick_r1",
                        ROOT + "/vg_b/brick_r1",
                        "xfs",
                        "rw,noatime,nouuid,attr2,inode64,logbufs=8,logbsize=64k,sunit=128,swidth=512,noquota"))
                .hasSize(10);
        assertThat(seen.fstab())
                .containsExactly(
                        new FstabEntry(
                                "/dev/mapper/vg_b-brick_r1",
                                ROOT + "/vg_b/brick_r1",
                                "xfs",
                                "rw,inode64,noatime,nouuid"),
                        new FstabEntry(
                                "/dev/mapper/vg_b-brick_r2",
                                ROOT + "/vg_b/brick_r2",
                                "xfs",
                                "rw,inode64,noatime,nouuid"));
        assertThat(seen.folders())
                .contains(new Folder(ROOT + "/vg_b/brick_r2/brick", true, "2775", 2001))
                .hasSize(5);
        assertThat(seen.strays()).isEmpty();
        assertThat(seen.troubles()).isEmpty();
    }

    /** Comments, empty lines and a last line without an end in fstab; a brick on the root disk. */
    @Test
    void readsANodeThatLacksAMount() {
        MountsSeen seen = read("look-unmounted");

        assertThat(seen.mounts()).noneMatch(mount -> mount.path().endsWith("brick_r1"));
        assertThat(seen.fstab()).extracting(FstabEntry::device).containsExactly("/dev/mapper/vg_b-brick_r2", "proc");
        assertThat(seen.strays())
                .containsExactly(
                        new Stray(ROOT + "/vg_b/brick_r1/brick/file", 3, Instant.ofEpochSecond(1_795_283_297L)));
    }

    @Test
    void readsUnusualNames() {
        MountsSeen seen = LOOK.answer()
                .apply(new Exited(
                        0,
                        "m /dev/sdb1 /mnt/a\\040b\\134c ext4 rw 0 0\nd d 755 0 /r/a b\nd l 777 0 /r/link\nend\n",
                        "find: '/r/x': Input/output error\n"));

        assertThat(seen.mounts().getFirst().path()).isEqualTo("/mnt/a b\\c");
        assertThat(seen.folders())
                .containsExactly(new Folder("/r/a b", true, "755", 0), new Folder("/r/link", false, "777", 0));
        assertThat(seen.troubles()).containsExactly("find: '/r/x': Input/output error");
    }

    @Test
    void believesNoCutAnswer() {
        new Damage<>(LOOK, ANSWERS.read("look"), seen -> seen).cutShort(0);
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> LOOK.answer().apply(new Exited(1, "end\n", "sh: not allowed\n")));
        assertThatExceptionOfType(UnreadableAnswer.class)
                .isThrownBy(() -> LOOK.answer().apply(new Exited(0, "Welcome\nend\n", "")));
    }

    private static MountsSeen read(String answer) {
        return LOOK.answer().apply(ANSWERS.read(answer));
    }
}
