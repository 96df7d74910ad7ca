package bricklayer.lvm;

import java.util.List;

/**
 * A logical volume as {@code lvs} shows it.
 *
 * @param attr ten letters, see lvs(8)
 * @param pool the thin pool it is in; empty for one that is in none
 * @param origin what it is a snapshot of; empty for none
 * @param sizeKiB virtual for a thin volume
 * @param metadataKiB 0 unless it is a thin pool
 * @param dataPercent how full it is, as LVM writes it; empty where LVM does not say
 * @param metadataPercent likewise
 */
public record LvSeen(
        String group,
        String name,
        String uuid,
        String attr,
        String pool,
        String origin,
        long sizeKiB,
        long metadataKiB,
        String dataPercent,
        String metadataPercent,
        List<String> tags) {

    public LvSeen {
        tags = List.copyOf(tags);
    }

    public boolean isThinPool() {
        return attr.startsWith("t");
    }

    public boolean isActive() {
        return attr.length() > 4 && attr.charAt(4) == 'a';
    }

    /** {@code group/name}. */
    public String path() {
        return group + "/" + name;
    }
}
