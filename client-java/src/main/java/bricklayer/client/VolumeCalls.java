package bricklayer.client;

import bricklayer.api.BlockRestrictionRequest;
import bricklayer.api.VolumeCloneRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.api.VolumeExpandRequest;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeList;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Volumes. Part of {@link BricklayerClient}. */
public sealed interface VolumeCalls permits BricklayerClient {

    default VolumeInfo createVolume(VolumeCreateRequest request) {
        return Wire.of(this).operate("POST", "/volumes", request).require(200).as(VolumeInfo.class);
    }

    /** Ids, ascending. */
    default List<String> volumes() {
        return Wire.of(this).get("/volumes", VolumeList.class).volumes();
    }

    /**
     * A part of the ids, ascending: the first ones after one of them. Fewer than asked for are the last.
     *
     * @param after id that need not be there any more; empty for the beginning
     * @param limit from 1 to 10,000
     */
    default List<String> volumes(String after, int limit) {
        return Wire.of(this)
                .get(
                        "/volumes?limit=" + limit + "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8),
                        VolumeList.class)
                .volumes();
    }

    /** Ids of the volumes with that name, ascending; names are unique within a cluster only. */
    default List<String> volumesNamed(String name) {
        return Wire.of(this)
                .get("/volumes?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), VolumeList.class)
                .volumes();
    }

    /** Ids of the volumes of a cluster, ascending. */
    default List<String> volumesIn(String cluster) {
        return Wire.of(this)
                .get("/volumes?cluster=" + URLEncoder.encode(cluster, StandardCharsets.UTF_8), VolumeList.class)
                .volumes();
    }

    default VolumeInfo volume(String id) {
        return Wire.of(this).get("/volumes/" + Wire.segment(id), VolumeInfo.class);
    }

    /**
     * Makes a volume larger.
     *
     * @param addGiB how much to add; not the new size
     */
    default VolumeInfo expandVolume(String id, long addGiB) {
        return Wire.of(this)
                .operate("POST", "/volumes/" + Wire.segment(id) + "/expand", new VolumeExpandRequest(addGiB))
                .require(200)
                .as(VolumeInfo.class);
    }

    default void deleteVolume(String id) {
        Wire.of(this).operate("DELETE", "/volumes/" + Wire.segment(id), null).require(204);
    }

    /** The copy; it shares what both have in common until one of them is written to. */
    default VolumeInfo cloneVolume(String id, VolumeCloneRequest request) {
        return Wire.of(this)
                .operate("POST", "/volumes/" + Wire.segment(id) + "/clone", request)
                .require(200)
                .as(VolumeInfo.class);
    }

    /** Says whether new block volumes may go to a volume that hosts them. */
    default VolumeInfo setBlockRestriction(String id, BlockRestrictionRequest request) {
        return Wire.of(this)
                .operate("POST", "/volumes/" + Wire.segment(id) + "/block-restriction", request)
                .require(200)
                .as(VolumeInfo.class);
    }
}
