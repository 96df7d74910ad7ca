package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import bricklayer.functional.lab.LabNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

final class BrickMovesLabIT extends BrickMoves {

    private static final int MIB = 40;

    private @Nullable LabData data;

    @Override
    Stand newNodes(Path folderOfNodes) {
        return LabStand.withNewNodes();
    }

    @Override
    void disturb() {
        LabStand lab = (LabStand) stand;
        LabNode second = lab.lab().node(2);
        LabStand.stopGlusterd(second);
        LabStand.startGlusterd(second);
        LabNode third = lab.lab().node(3);
        third.check("sync");
        third.kill();
        third.start();
        lab.awaitPeers();
    }

    @Override
    void fill(VolumeInfo volume) {
        data().fill(volume);
    }

    @Override
    void healed(VolumeInfo volume) {
        data().awaitHealed(volume);
        data().check(volume);
        if (volume.durability().type().equals("replicate")) {
            data().checkReplicas(volume, client.volume(volume.id()).bricks(), manageHosts());
        }
    }

    private LabData data() {
        if (data == null) {
            data = new LabData((LabStand) stand, MIB);
        }
        return data;
    }
}
