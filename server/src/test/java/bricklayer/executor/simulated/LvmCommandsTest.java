package bricklayer.executor.simulated;

import static bricklayer.executor.simulated.Lab.DISK;
import static bricklayer.executor.simulated.Lab.GIB;
import static bricklayer.executor.simulated.Lab.GROUP;
import static bricklayer.executor.simulated.Lab.N1;
import static bricklayer.executor.simulated.Lab.N2;
import static bricklayer.executor.simulated.Lab.thin;
import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.lvm.PhysicalVolume;
import bricklayer.lvm.ThinLv;
import bricklayer.lvm.ThinLvSeen;
import bricklayer.lvm.VolumeGroupSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures and texts are those of LVM 2.03.16 on a 20 GiB disk. */
class LvmCommandsTest {

    private final Lab lab = new Lab().withDisks(N1);

    private void addDevice() {
        lab.addDevice(N1);
    }

    @Test
    void aDiskGivesAsManyExtentsAsARealOne() {
        addDevice();

        assertThat(lab.ask(N1, lab.lvm.vgSize(GROUP))).isEqualTo(new VolumeGroupSize(20836352, 20836352, 4096));
        assertThat(lab.ask(N1, lab.lvm.pvOf(DISK))).contains(new PhysicalVolume(Lab.uuid(N1), GROUP));
    }

    @Test
    void disksNeverHeardOfComeIntoBeingClean() {
        assertThat(lab.ask(N2, lab.lvm.pvOf("/dev/sdx"))).isEmpty();
        assertThat(lab.ask(N2, lab.lvm.signatures("/dev/sdx"))).isEmpty();

        lab.run(N2, lab.lvm.pvcreate("/dev/sdx", Lab.uuid(N2)), lab.lvm.vgcreate("vg_x", "/dev/sdx", List.of()));

        assertThat(lab.ask(N2, lab.lvm.vgSize("vg_x")).totalKiB()).isEqualTo(127_967L * 4096); // of 500 GiB
    }

    @Test
    void aDeviceThatIsNoPhysicalVolumeIsToldFromOneThatIsGone() {
        Command ask = lab.lvm.pvOf(DISK).command();
        Exited none = (Exited) lab.executor.ask(N1, ask);
        assertThat(none.status()).isEqualTo(5);
        assertThat(none.err()).isEqualTo("  Failed to find physical volume \"/dev/vdb\".\n");
        assertThat(none.out()).contains("\"pv\"");

        lab.nodes.takeDiskOut(N1, DISK);
        Exited gone = (Exited) lab.executor.ask(N1, ask);
        assertThat(gone.status()).isEqualTo(5);
        assertThat(gone.err()).isEqualTo("  Cannot use /dev/vdb: device not found\n");
        assertThat(lab.refused(N1, 5, lab.lvm.pvcreate(DISK, Lab.uuid(N1))).err())
                .isEqualTo("  No device found for /dev/vdb.\n");
    }

    @Test
    void refusesToTakeADeviceOfAGroup() {
        addDevice();

        assertThat(lab.refused(N1, 5, lab.lvm.pvcreate(DISK, "other")).err())
                .isEqualTo("  Can't initialize physical volume \"/dev/vdb\" of volume group \"vg_1\" without -ff\n"
                        + "  /dev/vdb: physical volume not initialized.\n");
    }

    @Test
    void refusesADeviceWithASignatureUntilItIsWiped() {
        lab.nodes.foreignSignature(N1, DISK, "ext4");

        assertThat(lab.refused(N1, 5, lab.lvm.pvcreate(DISK, Lab.uuid(N1))).err())
                .isEqualTo("WARNING: ext4 signature detected on /dev/vdb at offset 1080. Wipe it? [y/n]: [n]\n"
                        + "  Aborted wiping of ext4.\n  1 existing signature left on the device.\n");
        assertThat(lab.ask(N1, lab.lvm.signatures(DISK))).hasSize(2).contains("ext4");

        lab.run(N1, lab.lvm.wipefs(DISK), lab.lvm.pvcreate(DISK, Lab.uuid(N1)));

        assertThat(lab.ask(N1, lab.lvm.signatures(DISK))).containsExactly(Lab.uuid(N1), "LVM2_member");
    }

    @Test
    void refusesAnIdThatAnotherDeviceHas() {
        addDevice();

        assertThat(lab.refused(N1, 5, lab.lvm.pvcreate("/dev/vdc", Lab.uuid(N1)))
                        .err())
                .contains("already in use on \"/dev/vdb\"");
    }

    @Test
    void refusesToWipeADeviceWithVolumes() {
        addDevice();
        lab.run(N1, lab.lvm.lvcreateThin(thin("a")));

        assertThat(lab.refused(N1, 1, lab.lvm.wipefs(DISK)).err())
                .isEqualTo("wipefs: error: /dev/vdb: probing initialization failed: Device or resource busy\n");
    }

    @Test
    void refusesToGiveUpAPhysicalVolumeOfAGroupAndAGroupWithVolumes() {
        addDevice();
        assertThat(lab.refused(N1, 5, lab.lvm.pvremove(DISK)).err()).startsWith("  PV /dev/vdb is used by VG vg_1");
        lab.run(N1, lab.lvm.lvcreateThin(thin("a")));
        assertThat(lab.refused(N1, 5, lab.lvm.vgremove(GROUP)).err()).contains("containing 2 logical volumes");
        lab.run(N1, lab.lvm.lvremove(thin("a")), lab.lvm.lvremoveEmptyPool(thin("a")));

        lab.run(N1, lab.lvm.vgremove(GROUP), lab.lvm.pvremove(DISK));

        assertThat(lab.ask(N1, lab.lvm.pvOf(DISK))).isEmpty();
        assertThat(lab.ask(N1, lab.lvm.vgExists(GROUP))).isFalse();
    }

    @Test
    void refusesAGroupThatExists() {
        addDevice();
        lab.run(N1, lab.lvm.pvcreate("/dev/vdc", "other"));

        lab.refused(N1, 5, lab.lvm.vgcreate(GROUP, "/dev/vdc", List.of()));
        lab.run(N1, lab.lvm.lvcreateThin(thin("a")));

        assertThat(lab.refused(N1, 3, lab.lvm.vgcreate(GROUP, "/dev/vdc", List.of()))
                        .err())
                .isEqualTo(
                        "  /dev/vg_1: already exists in filesystem\n  Run `vgcreate --help' for more information.\n");
    }

    @Test
    void aPoolTakesItsDataItsMetadataAndASpareOfTheLargestMetadata() {
        addDevice();

        lab.run(N1, lab.lvm.lvcreateThin(thin("a")), lab.lvm.lvcreateThin(thin("b")));

        long extents = (20836352 - lab.ask(N1, lab.lvm.vgSize(GROUP)).freeKiB()) / 4096;
        assertThat(extents).isEqualTo(256 + 2 + 256 + 2 + 2);
    }

    @Test
    void refusesAPoolThatDoesNotFit() {
        addDevice();
        ThinLv big = new ThinLv(GROUP, "tp_big", "brick_big", 99999999, 8192, 99999999, false, List.of());

        assertThat(lab.refused(N1, 5, lab.lvm.lvcreateThin(big)).err())
                .isEqualTo("  Volume group \"vg_1\" has insufficient free space (5087 extents): 24415 required.\n");

        ThinLv withoutRoomForItsMetadata =
                new ThinLv(GROUP, "tp_big", "brick_big", 20836352, 8192, 20836352, false, List.of());
        lab.refused(N1, 5, lab.lvm.lvcreateThin(withoutRoomForItsMetadata));
        assertThat(lab.ask(N1, lab.lvm.thinLv(big))).isEqualTo(new ThinLvSeen(false, false));
    }

    @Test
    void refusesAPoolThatExists() {
        addDevice();
        lab.run(N1, lab.lvm.lvcreateThin(thin("a")));

        assertThat(lab.refused(N1, 5, lab.lvm.lvcreateThin(thin("a"))).err())
                .isEqualTo("  Logical volume tp_a already exists in Volume group vg_1.\n");
    }

    @Test
    void refusesToRemoveAMountedVolume() {
        addDevice();
        lab.addBrick(N1, "a");

        assertThat(lab.refused(N1, 5, lab.lvm.lvremove(thin("a"))).err())
                .isEqualTo("  Logical volume vg_1/brick_a contains a filesystem in use.\n");
        assertThat(lab.refused(N1, 5, "lvremove", "--autobackup=n", "-f", "vg_1/tp_a")
                        .err())
                .isEqualTo("  Logical volume vg_1/brick_a contains a filesystem in use.\n");
        assertThat(lab.ask(N1, lab.lvm.thinLv(thin("a")))).isEqualTo(new ThinLvSeen(true, false));
    }

    @Test
    void removingTheVolumeLeavesThePoolAndAPoolWithVolumesStays() {
        addDevice();
        lab.run(N1, lab.lvm.lvcreateThin(thin("a")));

        lab.run(N1, lab.lvm.lvremoveEmptyPool(thin("a")));
        assertThat(lab.ask(N1, lab.lvm.thinLv(thin("a")))).isEqualTo(new ThinLvSeen(true, false));
        lab.run(N1, lab.lvm.lvremove(thin("a")));
        assertThat(lab.ask(N1, lab.lvm.thinLv(thin("a")))).isEqualTo(new ThinLvSeen(false, true));
        lab.run(N1, lab.lvm.lvremoveEmptyPool(thin("a")));
        assertThat(lab.ask(N1, lab.lvm.thinLv(thin("a")))).isEqualTo(new ThinLvSeen(false, false));
        assertThat(lab.ask(N1, lab.lvm.vgSize(GROUP)).freeKiB()).isEqualTo(20836352);
    }

    @Test
    void removingWhatIsNotThereSucceedsWhenSelectedAndFailsWhenNamed() {
        addDevice();

        lab.run(N1, lab.lvm.lvremove(thin("none")), lab.lvm.lvremoveEmptyPool(thin("none")));

        assertThat(lab.refused(N1, 5, "lvremove", "--autobackup=n", "-f", "vg_1/tp_none")
                        .err())
                .isEqualTo("  Failed to find logical volume \"vg_1/tp_none\"\n");
    }

    @Test
    void saysThatAGroupIsNotThere() {
        String text = "  Volume group \"vg_1\" not found\n  Cannot process volume group vg_1\n";

        assertThat(lab.refused(N1, 5, lab.lvm.lvcreateThin(thin("a"))).err()).isEqualTo(text);
        assertThat(lab.refused(N1, 5, lab.lvm.vgremove(GROUP)).err()).isEqualTo(text);
        assertThat(((Exited) lab.executor.ask(N1, lab.lvm.thinLv(thin("a")).command())).err())
                .isEqualTo(text);
        assertThat(lab.ask(N1, lab.lvm.thinLv(thin("a")))).isEqualTo(new ThinLvSeen(false, false));
    }

    @Test
    void tagsGoToTheGroupAndToThePool() {
        addDevice();
        lab.run(N1, lab.lvm.lvcreateThin(thin("a")));

        String groups = said("lvm", "vgs", "--reportformat", "json", "-o", "vg_name,vg_tags");
        String volumes = said("lvm", "lvs", "--reportformat", "json", "-a", "-o", "lv_name,lv_tags");

        assertThat(groups).contains("{\"vg_name\":\"vg_1\", \"vg_tags\":\"bricklayer.device=d1\"}");
        assertThat(volumes)
                .contains("{\"lv_name\":\"tp_a\", \"lv_tags\":\"bricklayer.brick=a\"}")
                .contains("{\"lv_name\":\"brick_a\", \"lv_tags\":\"\"}")
                .contains("{\"lv_name\":\"[lvol0_pmspare]\", \"lv_tags\":\"\"}");
    }

    private String said(String... argv) {
        Exited exited = (Exited) lab.executor.ask(N1, Command.of(Duration.ofMinutes(1), argv));
        assertThat(exited.status()).as(exited.err()).isZero();
        return exited.out();
    }

    @Test
    void readsDashesInDeviceNamesAsDeviceMapperWritesThem() {
        assertThat(Node.lvKey("/dev/mapper/vg--a-brick--b")).contains("vg-a/brick-b");
        assertThat(Node.lvKey("/dev/vg-a/brick-b")).contains("vg-a/brick-b");
        assertThat(Node.lvKey("/dev/disk/by-id")).isEmpty();
        assertThat(Node.lvKey("/dev/sdb")).isEmpty();
    }

    @Test
    void sizesAreThoseOfTheDisk() {
        lab.nodes.disk(N2, "/dev/big", 100 * GIB);
        lab.run(N2, lab.lvm.pvcreate("/dev/big", Lab.uuid(N2)), lab.lvm.vgcreate("vg_b", "/dev/big", List.of()));

        assertThat(lab.ask(N2, lab.lvm.vgSize("vg_b")).totalKiB()).isEqualTo((25600L - 33) * 4096);
    }
}
