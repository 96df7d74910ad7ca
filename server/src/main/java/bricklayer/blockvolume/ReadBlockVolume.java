package bricklayer.blockvolume;

import bricklayer.glusterblock.BlockInfo;
import bricklayer.host.HostReader;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.inventory.Chap;
import bricklayer.operation.RowChange;
import bricklayer.operation.Survey;
import java.util.List;

/** Finds out how an initiator reaches a new block volume: gluster-block has drawn the IQN, and the user and password where there are some. */
record ReadBlockVolume(BlockStep.Target target, BlockVolumeId block) implements Survey {

    @Override
    public String name() {
        return "read-block-volume";
    }

    @Override
    public List<RowChange> complete(HostReader hosts, List<RowChange> planned) {
        return planned.stream().map(change -> read(hosts, change)).toList();
    }

    private RowChange read(HostReader hosts, RowChange change) {
        if (change instanceof RowChange.Create<?, ?> create
                && create.row() instanceof BlockVolume row
                && row.id().equals(block)) {
            BlockInfo info = target.ask(hosts);
            Chap chap = info.password().isEmpty() ? Chap.NONE : new Chap(info.gbid(), info.password());
            return new RowChange.Create<>(BlockVolume.TABLE, row.reachedBy(info.iqn(), chap));
        }
        return change;
    }
}
