package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Body of {@code POST /volumes}.
 *
 * @param name empty for {@code vol_<id>}
 * @param clusters ids to choose from; empty for all
 * @param gid 0 for none
 * @param glusterVolumeOptions each {@code option value}, in order
 * @param block make a block hosting volume
 */
public record VolumeCreateRequest(
        @JsonProperty("size") long sizeGiB,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> clusters,
        Durability durability,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long gid,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("glustervolumeoptions")
        List<String> glusterVolumeOptions,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean block,
        Snapshot snapshot) {

    public VolumeCreateRequest {
        name = Absent.text(name);
        clusters = Absent.texts(clusters);
        durability = durability == null ? Durability.UNSAID : durability;
        glusterVolumeOptions = Absent.texts(glusterVolumeOptions);
        snapshot = snapshot == null ? Snapshot.UNSAID : snapshot;
    }

    /** A plain volume with a name of the server's choice, on any cluster. */
    public static VolumeCreateRequest of(long sizeGiB, Durability durability) {
        return new VolumeCreateRequest(sizeGiB, "", List.of(), durability, 0, List.of(), false, Snapshot.UNSAID);
    }

    public VolumeCreateRequest named(String newName) {
        return new VolumeCreateRequest(
                sizeGiB, newName, clusters, durability, gid, glusterVolumeOptions, block, snapshot);
    }

    /** To be placed on one of these clusters only. */
    public VolumeCreateRequest in(List<String> clusterIds) {
        return new VolumeCreateRequest(
                sizeGiB, name, clusterIds, durability, gid, glusterVolumeOptions, block, snapshot);
    }
}
