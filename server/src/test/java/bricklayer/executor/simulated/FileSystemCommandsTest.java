package bricklayer.executor.simulated;

import static bricklayer.executor.simulated.Lab.DISK;
import static bricklayer.executor.simulated.Lab.N1;
import static bricklayer.executor.simulated.Lab.device;
import static bricklayer.executor.simulated.Lab.mountPoint;
import static bricklayer.executor.simulated.Lab.thin;
import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.host.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Texts are those of util-linux 2.38, coreutils and xfsprogs 6.1. */
class FileSystemCommandsTest {

    private final Lab lab = new Lab().withDisks(N1);

    @BeforeEach
    void makeAVolume() {
        lab.addDevice(N1);
        lab.run(N1, lab.lvm.lvcreateThin(thin("a")), lab.mounts.mkdir(mountPoint("a")));
    }

    private Command mount() {
        return lab.mounts.mount(device("a"), mountPoint("a"));
    }

    private Command format() {
        return lab.mounts.makeXfs(device("a"), false);
    }

    @Test
    void findsNothingOnANewVolumeAndXfsOnAFormattedOne() {
        assertThat(lab.ask(N1, lab.mounts.fileSystemOn(device("a")))).isEmpty();
        assertThat(lab.ask(N1, lab.mounts.fileSystemOn(device("missing")))).isEmpty();

        lab.run(N1, format());

        assertThat(lab.ask(N1, lab.mounts.fileSystemOn(device("a")))).contains("xfs");
        assertThat(lab.ask(N1, lab.mounts.fileSystemOn(DISK))).contains("LVM2_member");
    }

    @Test
    void refusesToFormatWhatIsFormattedMountedOrMissing() {
        lab.run(N1, format());
        assertThat(lab.refused(N1, 1, format()).err())
                .isEqualTo("mkfs.xfs: /dev/mapper/vg_1-brick_a appears to contain an existing filesystem (xfs).\n"
                        + "mkfs.xfs: Use the -f option to force overwrite.\n");
        lab.run(N1, mount());
        assertThat(lab.refused(N1, 1, format()).err())
                .startsWith("mkfs.xfs: /dev/mapper/vg_1-brick_a contains a mounted filesystem\n");
        assertThat(lab.refused(N1, 1, lab.mounts.makeXfs(device("missing"), true))
                        .err())
                .contains("No such file or directory");
    }

    @Test
    void refusesToMountWhatIsUnformattedMissingMountedOrNowhere() {
        assertThat(lab.refused(N1, 32, mount()).err()).contains("wrong fs type");
        assertThat(lab.refused(N1, 32, lab.mounts.mount(device("missing"), mountPoint("a")))
                        .err())
                .isEqualTo(
                        "mount: " + mountPoint("a") + ": special device " + device("missing") + " does not exist.\n");
        assertThat(lab.refused(N1, 32, lab.mounts.mount(device("a"), "/nowhere"))
                        .err())
                .isEqualTo("mount: /nowhere: mount point does not exist.\n");
        lab.run(N1, format(), mount());
        assertThat(lab.refused(N1, 32, mount()).err()).contains("already mounted on");
    }

    @Test
    void unmountsOnceAndHidesWhatWasInside() {
        lab.run(N1, format(), mount(), lab.mounts.makeBrickDirectory(Lab.brickPath("a")));
        lab.run(N1, lab.mounts.unmount(mountPoint("a")));

        assertThat(lab.ask(N1, lab.mounts.directoryExists(Lab.brickPath("a")))).isFalse();
        assertThat(lab.ask(N1, lab.mounts.mounted(mountPoint("a")))).isFalse();
        assertThat(lab.refused(N1, 32, lab.mounts.unmount(mountPoint("a"))).err())
                .endsWith(": not mounted.\n");
        assertThat(lab.refused(N1, 32, lab.mounts.unmount("/nope")).err())
                .isEqualTo("umount: /nope: no mount point specified.\n");

        lab.run(N1, mount());
        assertThat(lab.ask(N1, lab.mounts.directoryExists(Lab.brickPath("a")))).isTrue();
    }

    @Test
    void directoriesFollowTheRules() {
        String path = mountPoint("a") + "/x";
        lab.run(N1, lab.mounts.mkdir(path), lab.mounts.mkdir(path));
        assertThat(lab.refused(N1, 1, lab.mounts.makeBrickDirectory(path)).err())
                .endsWith("': File exists\n");
        assertThat(lab.refused(N1, 1, lab.mounts.makeBrickDirectory("/none/x")).err())
                .isEqualTo("mkdir: cannot create directory '/none/x': No such file or directory\n");
        assertThat(lab.refused(N1, 1, lab.mounts.rmdir(mountPoint("a"))).err()).endsWith("': Directory not empty\n");
        lab.run(N1, lab.mounts.rmdir(path));
        assertThat(lab.refused(N1, 1, lab.mounts.rmdir(path)).err()).endsWith("': No such file or directory\n");
    }

    @Test
    void aMountPointCannotBeRemoved() {
        lab.run(N1, format(), mount());

        assertThat(lab.refused(N1, 1, lab.mounts.rmdir(mountPoint("a"))).err())
                .endsWith("': Device or resource busy\n");
    }

    @Test
    void aDirectoryKeepsItsGroup() {
        lab.mounts.setGroup(mountPoint("a"), 2000).forEach(command -> lab.run(N1, command));

        assertThat(lab.ask(N1, lab.mounts.groupOf(mountPoint("a")))).isEqualTo(2000);
        assertThat(lab.ask(N1, lab.mounts.groupOf("/none"))).isEqualTo(-1);
        assertThat(lab.refused(N1, 1, lab.mounts.setGroup("/none", 1).getFirst())
                        .err())
                .isEqualTo("chmod: cannot access '/none': No such file or directory\n");
    }

    @Test
    void fstabHasALineOnceAndLosesItWithoutComplaint() {
        lab.run(
                N1,
                lab.mounts.addFstabEntry(device("a"), mountPoint("a")),
                lab.mounts.addFstabEntry(device("a"), mountPoint("a")),
                lab.mounts.addFstabEntry(device("ab"), mountPoint("ab")));
        assertThat(lab.nodes.picture(N1).lines().filter(line -> line.startsWith("fstab")))
                .hasSize(2);

        lab.run(N1, lab.mounts.removeFstabEntry(device("a")), lab.mounts.removeFstabEntry(device("a")));

        assertThat(lab.ask(N1, lab.mounts.fstabHas(device("a")))).isFalse();
        assertThat(lab.ask(N1, lab.mounts.fstabHas(device("ab")))).isTrue();
    }

    @Test
    void whatIsNotKnownIsNeverASuccess() {
        assertThat(lab.refused(N1, 127, "rm", "-rf", "/").err()).startsWith("simulated node: an unknown program: rm");
        lab.refused(N1, 127, "mount", "-a");
        lab.refused(N1, 127, "mkdir", "--mode=1777", "/x");
        lab.refused(N1, 127, "flock", "/run/lock", "sh", "-c", "echo", "sh", "/etc/fstab", "x");
        lab.refused(N1, 127, "gluster", "--mode=script", "volume", "quota", "v1", "enable");
        lab.refused(N1, 127, "gluster", "--mode=script", "volume", "start");
        assertThat(lab.executor.counters().notSimulated()).isEqualTo(6);
    }
}
