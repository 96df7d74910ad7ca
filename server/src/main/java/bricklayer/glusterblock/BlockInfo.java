package bricklayer.glusterblock;

import java.util.List;
import java.util.Map;

/**
 * What gluster-block tells of one block volume.
 *
 * @param gbid names the file in the hosting volume; ends the IQN, and is the user's name
 * @param size as it is written, see {@link BlockSize}
 * @param ha on how many hosts it shall be exported
 * @param password empty without authentication
 * @param exportedOn storage names of the hosts that export it; fewer than {@code ha} for one that is half made or half deleted
 * @param behind hosts that have not followed an expansion, each with the size it still has; empty when that is not known
 */
public record BlockInfo(
        String gbid, String size, int ha, String password, List<String> exportedOn, Map<String, String> behind) {

    private static final String IQN = "iqn.2016-12.org.gluster-block:";

    public BlockInfo {
        exportedOn = List.copyOf(exportedOn);
        behind = Map.copyOf(behind);
    }

    public String iqn() {
        return IQN + gbid;
    }

    public boolean isWhole() {
        return exportedOn.size() == ha;
    }

    public boolean hasSize(long gib) {
        return size.equals(BlockSize.written(gib));
    }

    /**
     * What all hosts offer of a block volume that was to have a new size.
     *
     * @param before what they all offered before; also the answer where gluster-block does not know
     * @param after the new size
     */
    public long usableGiB(long before, long after) {
        return behind.values().stream()
                .mapToLong(
                        text -> text.isEmpty() || text.equals(BlockSize.written(before)) ? before : BlockSize.gib(text))
                .map(gib -> Math.clamp(gib, before, after))
                .min()
                .orElse(after);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "BlockInfo[gbid=" + gbid + ", size=" + size + ", ha=" + ha + ", exportedOn=" + exportedOn + ", behind="
                + behind + "]";
    }
}
