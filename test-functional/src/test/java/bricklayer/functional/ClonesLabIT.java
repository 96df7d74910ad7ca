package bricklayer.functional;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.VolumeInfo;
import java.nio.file.Path;

final class ClonesLabIT extends Clones {

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Override
    void write(VolumeInfo volume, String content) {
        mounted(volume, "echo " + content + " >/mnt/file");
    }

    @Override
    void assertHolds(VolumeInfo volume, String content) {
        assertThat(mounted(volume, "cat /mnt/file")).isEqualTo(content + "\n");
    }

    private String mounted(VolumeInfo volume, String what) {
        return ((LabStand) stand)
                .lab()
                .node(2)
                .check("set -e; mount -t glusterfs %s /mnt; %s; sync; umount /mnt"
                        .formatted(volume.mount().glusterfs().device(), what));
    }
}
