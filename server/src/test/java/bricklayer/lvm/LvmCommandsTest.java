package bricklayer.lvm;

import bricklayer.captured.DecidedCommands;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LvmCommandsTest {

    private static final LvmSettings OTHERS = new LvmSettings(
            List.of("nsenter", "--mount=/proc/1/ns/mnt", "lvm"), "1280K", "8M", "512K", true, Duration.ofSeconds(90));

    @Test
    void nodesAreToldWhatWasDecided() {
        DecidedCommands commands = new DecidedCommands();
        add(commands, "defaults", new Lvm(LvmSettings.DEFAULTS));
        add(commands, "other settings", new Lvm(OTHERS));
        commands.check(getClass());
    }

    private static void add(DecidedCommands commands, String settings, Lvm lvm) {
        String uuid = "DfPwKf-aLAq-NEtY-aFR0-IJkU-vDGG-ZXVvrK";
        ThinLv plain = new ThinLv("vg_1", "tp_a", "brick_a", 1_056_768, 8192, 1_048_576, false, List.of());
        ThinLv arbiter =
                new ThinLv("vg_1", "tp_b", "brick_b", 65_536, 4096, 65_536, true, List.of("brick=b", "volume=v#20w"));
        commands.add(settings + ", wipefs", lvm.wipefs("/dev/vdb"))
                .add(settings + ", pvcreate", lvm.pvcreate("/dev/vdb", uuid))
                .add(settings + ", pvremove", lvm.pvremove("/dev/vdb"))
                .add(settings + ", vgcreate", lvm.vgcreate("vg_1", "/dev/vdb", List.of()))
                .add(settings + ", vgcreate with tags", lvm.vgcreate("vg_1", "/dev/vdb", List.of("node=1", "zone=2")))
                .add(settings + ", vgchangeTags", lvm.vgchangeTags("vg_1", List.of("zone=2"), List.of("zone=1")))
                .add(settings + ", groupTags", lvm.groupTags().command())
                .add(settings + ", groupTags of one", lvm.groupTags("vg_1").command())
                .add(settings + ", vgremove", lvm.vgremove("vg_1"))
                .add(settings + ", lvcreateThin", lvm.lvcreateThin(plain))
                .add(settings + ", lvcreateThin of an arbiter with tags", lvm.lvcreateThin(arbiter))
                .add(settings + ", lvremove", lvm.lvremove(plain))
                .add(settings + ", lvremoveEmptyPool", lvm.lvremoveEmptyPool(plain))
                .add(settings + ", thinLv", lvm.thinLv(plain).command())
                .add(settings + ", vgExists", lvm.vgExists("vg_1").command())
                .add(settings + ", pvOf", lvm.pvOf("/dev/vdb").command())
                .add(settings + ", vgSize", lvm.vgSize("vg_1").command())
                .add(settings + ", signatures", lvm.signatures("/dev/vdb").command())
                .add(settings + ", physicalVolumes", lvm.physicalVolumes().command())
                .add(settings + ", volumeGroups", lvm.volumeGroups().command())
                .add(settings + ", logicalVolumes", lvm.logicalVolumes().command())
                .add(settings + ", groups", lvm.groups().command())
                .add(settings + ", everyVolume", lvm.everyVolume().command());
    }
}
