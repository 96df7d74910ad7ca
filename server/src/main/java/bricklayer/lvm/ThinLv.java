package bricklayer.lvm;

import java.util.List;

/**
 * A thin pool and the thin volume made with it. Sizes are whole extents, but for the virtual size.
 *
 * @param sizeKiB virtual size of the volume
 * @param tags LVM puts them on the pool, not on the volume, when one command makes both
 */
public record ThinLv(
        String vg,
        String pool,
        String lv,
        long poolKiB,
        long metadataKiB,
        long sizeKiB,
        boolean arbiter,
        List<String> tags) {

    public ThinLv {
        tags = List.copyOf(tags);
    }
}
