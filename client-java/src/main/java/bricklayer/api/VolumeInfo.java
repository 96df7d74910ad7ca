package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A volume.
 *
 * @param glusterVolumeOptions the server's own, then the request's; an unset option of the server contributes an empty string
 * @param cluster id
 * @param blockInfo empty object for volumes that host no block volumes
 * @param bricks ascending by id, which is not gluster's order; the device of one that lies on none of the records is empty
 * @param readOnly whether it was adopted for reading only: nothing is done to its storage
 */
public record VolumeInfo(
        @JsonProperty("size") long sizeGiB,
        String name,
        Durability durability,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long gid,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("glustervolumeoptions")
        List<String> glusterVolumeOptions,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean block,
        Snapshot snapshot,
        String id,
        String cluster,
        VolumeMount mount,
        @JsonProperty("blockinfo") BlockInfo blockInfo,
        List<BrickInfo> bricks,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("readonly")
        boolean readOnly) {

    public VolumeInfo {
        name = Absent.text(name);
        durability = durability == null ? Durability.UNSAID : durability;
        glusterVolumeOptions = Absent.texts(glusterVolumeOptions);
        snapshot = snapshot == null ? Snapshot.UNSAID : snapshot;
        id = Absent.text(id);
        cluster = Absent.text(cluster);
        mount = mount == null ? VolumeMount.NONE : mount;
        blockInfo = blockInfo == null ? BlockInfo.NONE : blockInfo;
        bricks = Absent.list(bricks);
    }

    /** A volume like any other. */
    public VolumeInfo(
            long sizeGiB,
            String name,
            Durability durability,
            long gid,
            List<String> glusterVolumeOptions,
            boolean block,
            Snapshot snapshot,
            String id,
            String cluster,
            VolumeMount mount,
            BlockInfo blockInfo,
            List<BrickInfo> bricks) {
        this(
                sizeGiB,
                name,
                durability,
                gid,
                glusterVolumeOptions,
                block,
                snapshot,
                id,
                cluster,
                mount,
                blockInfo,
                bricks,
                false);
    }
}
