package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.VolumeInfo;
import bricklayer.functional.lab.LabNode;
import java.nio.file.Path;

class VolumeLifeLabIT extends VolumeLife {

    private static final int MIB = 32;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Override
    void gluster(String... words) {
        ((LabStand) stand).lab().node(1).check("gluster --mode=script " + String.join(" ", words));
    }

    @Override
    void checkUse(VolumeInfo volume, long gid) {
        LabNode user = ((LabStand) stand).lab().node(2);
        String mount = "mount -t glusterfs %s /mnt"
                .formatted(volume.mount().glusterfs().device());
        String as = "setpriv --clear-groups --reuid 5001 --regid ";
        String written = user.check("""
                set -e
                %1$s
                dd if=/dev/urandom of=/root/data bs=1M count=%2$d status=none
                %3$s%4$d sh -c 'cat >/mnt/data' </root/data
                %3$s5001 sh -c 'echo x >/mnt/other' 2>/dev/null && { echo 'written by a stranger'; exit 1; }
                sha256sum </root/data
                rm /root/data
                umount /mnt
                """.formatted(mount, MIB, as, gid));
        String read =
                user.check("set -e; %s; sha256sum </mnt/data; stat -c %%s /mnt/data >&2; umount /mnt".formatted(mount));
        assertThat(read).isEqualTo(written);
    }

    @Override
    void checkGrowth(VolumeInfo volume) {
        LabNode user = ((LabStand) stand).lab().node(2);
        String sizes = user.check("""
                set -e
                mount -t glusterfs %s /mnt
                df -BM --output=size /mnt | tail -n1
                stat -c %%s /mnt/data
                umount /mnt
                """.formatted(volume.mount().glusterfs().device()));
        String[] lines = sizes.strip().split("\\s+");
        // XFS keeps some of the bricks' 2 GiB for itself
        assertThat(Integer.parseInt(lines[0].replace("M", ""))).isBetween(1800, 2048);
        assertThat(Long.parseLong(lines[1])).isEqualTo(MIB * 1024L * 1024L);
    }
}
