package bricklayer.blockvolume;

import bricklayer.host.HostReader;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.BlockVolumeId;
import bricklayer.operation.RowChange;
import bricklayer.operation.Survey;
import java.util.List;
import java.util.Optional;

/**
 * Finds out how much of a grown block volume all of its hosts offer.
 *
 * @param usableBeforeGiB what they offered before
 */
record ReadUsableSize(BlockStep.Target target, BlockVolumeId block, int usableBeforeGiB) implements Survey {

    @Override
    public String name() {
        return "read-usable-size";
    }

    @Override
    public List<RowChange> complete(HostReader hosts, List<RowChange> planned) {
        return planned.stream().map(change -> read(hosts, change)).toList();
    }

    private RowChange read(HostReader hosts, RowChange change) {
        if (change instanceof RowChange.Update<?, ?> update
                && update.after() instanceof BlockVolume row
                && row.id().equals(block)) {
            int usable = (int) target.ask(hosts).usableGiB(usableBeforeGiB, row.sizeGiB());
            return new RowChange.Update<>(BlockVolume.TABLE, row.sized(row.sizeGiB(), usable));
        }
        return change;
    }

    @Override
    public Optional<String> shortfall(List<RowChange> completed) {
        return completed.stream()
                .filter(change -> change instanceof RowChange.Update<?, ?> update
                        && update.after() instanceof BlockVolume row
                        && row.id().equals(block)
                        && row.usableGiB() < row.sizeGiB())
                .map(change -> (BlockVolume) ((RowChange.Update<?, ?>) change).after())
                .map(row -> "Failed to expand block volume: " + row.name() + " has " + row.sizeGiB()
                        + " GiB now, but not all of its hosts have followed, so only " + row.usableGiB()
                        + " GiB are usable (see gluster-block's logs on them, and ask for the same size again)")
                .findFirst();
    }
}
