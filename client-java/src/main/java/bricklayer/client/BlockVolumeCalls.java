package bricklayer.client;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.BlockVolumeExpandRequest;
import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BlockVolumeList;
import java.util.List;

/** Block volumes, which lie as files in volumes that host them. Part of {@link BricklayerClient}. */
public sealed interface BlockVolumeCalls permits BricklayerClient {

    default BlockVolumeInfo createBlockVolume(BlockVolumeCreateRequest request) {
        return Wire.of(this)
                .operate("POST", "/blockvolumes", request)
                .require(200)
                .as(BlockVolumeInfo.class);
    }

    /** Ids, ascending. */
    default List<String> blockVolumes() {
        return Wire.of(this).get("/blockvolumes", BlockVolumeList.class).blockVolumes();
    }

    default BlockVolumeInfo blockVolume(String id) {
        return Wire.of(this).get("/blockvolumes/" + Wire.segment(id), BlockVolumeInfo.class);
    }

    /**
     * Makes a block volume larger.
     *
     * @param totalGiB the new size; not how much to add
     */
    default BlockVolumeInfo expandBlockVolume(String id, long totalGiB) {
        return Wire.of(this)
                .operate(
                        "POST", "/blockvolumes/" + Wire.segment(id) + "/expand", new BlockVolumeExpandRequest(totalGiB))
                .require(200)
                .as(BlockVolumeInfo.class);
    }

    default void deleteBlockVolume(String id) {
        Wire.of(this)
                .operate("DELETE", "/blockvolumes/" + Wire.segment(id), null)
                .require(204);
    }
}
