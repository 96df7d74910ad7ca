package bricklayer.inventory;

import bricklayer.operation.Operation;
import bricklayer.operation.Plan;
import bricklayer.operation.RowChange;
import bricklayer.store.Rows;
import java.util.List;

/**
 * How much of a block hosting volume can still be given away. Derived, and stored nowhere: its size, less what is kept back, less its block volumes, less what running
 * expansions will add to them.
 */
public final class HostingSpace {

    private static final int USABLE_PERCENT = 98;

    private HostingSpace() {}

    /** What is kept back of a new hosting volume, or of what is added to one: gluster needs room of its own. */
    public static int reservedOf(int sizeGiB) {
        return sizeGiB - usableOf(sizeGiB);
    }

    public static int usableOf(int sizeGiB) {
        return (int) ((long) sizeGiB * USABLE_PERCENT / 100);
    }

    public static long freeGiB(Rows rows, Volume volume) {
        return volume.sizeGiB()
                - volume.reservedGiB()
                - rows.total(
                        BlockVolume.TABLE,
                        BlockVolume.SPACE_IN_HOSTING_VOLUME,
                        volume.id().value())
                - growingGiB(rows, volume.id());
    }

    /** Block volumes grow when their operation ends, but what they will take is taken when it begins. */
    private static long growingGiB(Rows rows, VolumeId hostingVolume) {
        long growing = 0;
        for (Operation open : Operation.open(rows)) {
            for (RowChange change : open.plan().map(Plan::changes).orElse(List.of())) {
                if (change instanceof RowChange.Update<?, ?> update
                        && update.after() instanceof BlockVolume after
                        && after.hostingVolume().equals(hostingVolume)) {
                    growing += after.sizeGiB()
                            - rows.get(BlockVolume.TABLE, after.id())
                                    .map(BlockVolume::sizeGiB)
                                    .orElse(after.sizeGiB());
                }
            }
        }
        return growing;
    }
}
