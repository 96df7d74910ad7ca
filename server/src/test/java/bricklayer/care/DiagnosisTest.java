package bricklayer.care;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.DoctorReport.Finding;
import bricklayer.host.CommandResult.Exited;
import bricklayer.machine.Machine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that can be wrong with a machine is found, named, and comes with its cure. */
class DiagnosisTest {

    private static final long NOW = 1_795_269_600;

    private static final String SOUND =
            "time\t" + NOW + "\nuser\troot\nmodule.dm_thin_pool\tloaded\nmodule.dm_snapshot\tavailable\n"
                    + "module.dm_mirror\tloaded\nmodule.fuse\tloaded\nprogram.lvm\t/usr/sbin/lvm\nprogram.mkfs.xfs\t/usr/sbin/mkfs.xfs\n"
                    + "program.gluster\t/usr/sbin/gluster\nprogram.thin_check\t/usr/sbin/thin_check\nprogram.thin_repair\t/usr/sbin/thin_repair\n"
                    + "program.timeout\t/usr/bin/timeout\nprogram.flock\t/usr/bin/flock\nprogram.findmnt\t/usr/bin/findmnt\nprogram.blkid\t/usr/sbin/blkid\n"
                    + "program.wipefs\t/usr/sbin/wipefs\nprogram.awk\t/usr/bin/awk\nsshd.maxsessions\t10\nglusterd\tup\nport.24007\topen\n"
                    + "full./\t40\npool\tvg_1|tp_1|40.00|10.50\ndisk./dev/vdb\t\n";

    private static List<Finding> of(String said) {
        return Diagnosis.of(
                Machine.look("/etc/fstab", "/m").answer().apply(new Exited(0, said + "end\n", "")),
                NOW - 1,
                NOW + 1,
                6,
                true);
    }

    @Test
    void aSoundMachineHasNoFindings() {
        assertThat(of(SOUND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module.dm_thin_pool\\tloaded # module.dm_thin_pool\\t | error | module | modprobe dm_thin_pool",
                "module.fuse\\tloaded # module.fuse\\t | warning | module | modprobe fuse",
                "program.thin_check\\t/usr/sbin/thin_check # program.thin_check\\t | error | program | apt-get install thin-provisioning-tools",
                "program.mkfs.xfs\\t/usr/sbin/mkfs.xfs # program.mkfs.xfs\\t | error | program | apt-get install xfsprogs",
                "user\\troot # user\\theketi | error | sudo | NOPASSWD",
                "time\\t1795269600 # time\\t1795269500 | warning | clock | timedatectl set-ntp true",
                "time\\t1795269600 # time\\t1795269700 | warning | clock | timedatectl set-ntp true",
                "glusterd\\tup # glusterd\\t | error | glusterd | systemctl enable --now glusterd",
                "port.24007\\topen # port.24007\\t | warning | port | ss -ltn",
                "glusterd\\tup # glusterd\\tup\\npeer.down\\tnode3 | warning | peer | gluster peer status",
                "full./\\t40 # full./\\t81 | warning | file-system | du -xh",
                "full./\\t40 # full./\\t97 | error | file-system | du -xh",
                "vg_1~tp_1~40.00~10.50 # vg_1~tp_1~40.00~96.10 | error | thin-pool | lvextend --poolmetadatasize",
                "vg_1~tp_1~40.00~10.50 # vg_1~tp_1~85.00~10.50 | warning | thin-pool | delete what is not needed",
                "glusterd\\tup # glusterd\\tup\\nunmounted\\t/m/vg/b | error | mount | mount /m/vg/b",
                "glusterd\\tup # glusterd\\tup\\nunlisted\\t/m/vg/b | warning | fstab | admin diff",
                "sshd.maxsessions\\t10 # sshd.maxsessions\\t4 | warning | sshd | MaxSessions 10",
                "disk./dev/vdb\\t # disk./dev/vdb\\txfs | note | disk | blkid /dev/vdb",
            })
    void findsWhatIsWrong(String change, String severity, String check, String fix) {
        String[] parts = change.replace("\\t", "\t")
                .replace("\\n", "\n")
                .replace('~', '|')
                .split(" # ", -1);
        String wrong = SOUND.replace(parts[0] + "\n", parts[1] + "\n");
        assertThat(wrong).isNotEqualTo(SOUND);

        assertThat(of(wrong)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(severity);
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.fix()).contains(fix);
        });
    }

    @Test
    void theQuestionIsAnsweredByThisVeryMachine() throws Exception {
        Process process = new ProcessBuilder(Machine.look("/etc/fstab", "/var/lib/heketi/mounts")
                        .command()
                        .argv())
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(170, TimeUnit.SECONDS)).isTrue();

        Machine.Seen seen = Machine.look("/etc/fstab", "/var/lib/heketi/mounts")
                .answer()
                .apply(new Exited(process.exitValue(), out, ""));
        assertThat(Long.parseLong(seen.value("time"))).isGreaterThan(1_700_000_000);
        assertThat(seen.value("user")).isEqualTo(System.getProperty("user.name"));
        assertThat(seen.value("program.awk")).isNotEmpty();
        assertThat(seen.value("full./")).matches("[0-9]{1,3}");
        assertThat(seen.values())
                .containsKeys("module.dm_thin_pool", "program.lvm", "version.lvm", "sshd.maxsessions", "glusterd");
    }
}
