package bricklayer.mount;

import bricklayer.captured.DecidedCommands;
import bricklayer.host.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountsCommandsTest {

    private static final MountSettings OTHERS =
            new MountSettings("/var/lib/heketi/fstab", "rw,noatime", 262_144, 8, Duration.ofSeconds(90));
    private static final MountSettings WIDTH_ONLY = new MountSettings("/etc/fstab", "rw", 0, 8, Duration.ofSeconds(90));

    @Test
    void nodesAreToldWhatWasDecided() {
        DecidedCommands commands = new DecidedCommands();
        add(commands, "defaults", new Mounts(MountSettings.DEFAULTS));
        add(commands, "other settings", new Mounts(OTHERS));
        commands.add("stripe width only, makeXfs", new Mounts(WIDTH_ONLY).makeXfs("/dev/mapper/vg_1-brick_a", false));
        commands.check(getClass());
    }

    private static void add(DecidedCommands commands, String settings, Mounts mounts) {
        String device = "/dev/mapper/vg_1-brick_a";
        String path = "/mnt/vg_1/brick_a";
        List<Command> setGroup = mounts.setGroup(path + "/brick", 2001);
        commands.add(settings + ", mkdir", mounts.mkdir(path))
                .add(settings + ", rmdir", mounts.rmdir(path))
                .add(settings + ", makeXfs", mounts.makeXfs(device, false))
                .add(settings + ", makeXfs of an arbiter", mounts.makeXfs(device, true))
                .add(settings + ", addFstabEntry", mounts.addFstabEntry(device, path))
                .add(settings + ", removeFstabEntry", mounts.removeFstabEntry(device))
                .add(settings + ", mount", mounts.mount(device, path))
                .add(settings + ", unmount", mounts.unmount(path))
                .add(settings + ", makeBrickDirectory", mounts.makeBrickDirectory(path + "/brick"))
                .add(settings + ", setGroup 1", setGroup.get(0))
                .add(settings + ", setGroup 2", setGroup.get(1))
                .add(settings + ", fileSystemOn", mounts.fileSystemOn(device).command())
                .add(settings + ", mounted", mounts.mounted(path).command())
                .add(settings + ", deviceAt", mounts.deviceAt(path).command())
                .add(
                        settings + ", isAt",
                        mounts.isAt("/dev/mapper/vg_1-brick_a", path).command())
                .add(settings + ", fstabHas", mounts.fstabHas(device).command())
                .add(
                        settings + ", directoryExists",
                        mounts.directoryExists(path).command())
                .add(settings + ", groupOf", mounts.groupOf(path).command())
                .add(settings + ", mountedDevices", mounts.mountedDevices().command())
                .add(settings + ", fstabEntries", mounts.fstabEntries().command())
                .add(settings + ", look", mounts.look("/mnt").command())
                .add(
                        settings + ", sizes",
                        mounts.sizes(List.of("/data/a", "/data/b")).command());
    }
}
