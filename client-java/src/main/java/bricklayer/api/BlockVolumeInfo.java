package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A block volume.
 *
 * @param cluster id
 * @param hostingVolume id of the volume it lies on
 */
public record BlockVolumeInfo(
        @JsonProperty("size") long sizeGiB,
        String name,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("hacount")
        int haCount,

        String id,
        @JsonProperty("blockvolume") Target target,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String cluster,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("blockhostingvolume")
        String hostingVolume,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("usablesize")
        long usableGiB) {

    public BlockVolumeInfo {
        name = Absent.text(name);
        id = Absent.text(id);
        target = target == null ? new Target(List.of(), "", 0, "", "") : target;
        cluster = Absent.text(cluster);
        hostingVolume = Absent.text(hostingVolume);
    }

    /** How an initiator reaches it. {@code lun} is always 0; user name and password are empty without CHAP. */
    public record Target(List<String> hosts, String iqn, int lun, String username, String password) {

        public Target {
            hosts = Absent.texts(hosts);
            iqn = Absent.text(iqn);
            username = Absent.text(username);
            password = Absent.text(password);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Target[hosts=" + hosts + ", iqn=" + iqn + ", lun=" + lun + ", username=" + username + "]";
        }
    }
}
