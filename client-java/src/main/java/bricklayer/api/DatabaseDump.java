package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Heketi's picture of a whole database, as {@code GET /db/dump} answers it: eight maps from ids to entries. Complete: items of operations that have not ended are in all lists.
 */
public record DatabaseDump(
        @JsonProperty("clusterentries") Map<String, ClusterEntry> clusters,
        @JsonProperty("volumeentries") Map<String, VolumeEntry> volumes,
        @JsonProperty("brickentries") Map<String, BrickEntry> bricks,
        @JsonProperty("nodeentries") Map<String, NodeEntry> nodes,
        @JsonProperty("deviceentries") Map<String, DeviceEntry> devices,

        @JsonProperty("blockvolumeentries") Map<String, BlockVolumeEntry> blockVolumes,

        @JsonProperty("dbattributeentries") Map<String, AttributeEntry> attributes,

        @JsonProperty("pendingoperations") Map<String, OperationEntry> operations) {

    public DatabaseDump {
        clusters = Absent.map(clusters);
        volumes = Absent.map(volumes);
        bricks = Absent.map(bricks);
        nodes = Absent.map(nodes);
        devices = Absent.map(devices);
        blockVolumes = Absent.map(blockVolumes);
        attributes = Absent.map(attributes);
        operations = Absent.map(operations);
    }

    /** The operation that is creating or deleting an item; an empty id for none. */
    public record Pending(@JsonProperty("Id") String id) {

        public static final Pending NONE = new Pending("");

        public Pending {
            id = Absent.text(id);
        }
    }

    public record ClusterEntry(@JsonProperty("Info") ClusterInfo info) {}

    /** @param devices ids, ascending */
    public record NodeEntry(
            @JsonProperty("State") String state,
            @JsonProperty("Info") NodeFacts info,
            @JsonProperty("Devices") List<String> devices) {

        public NodeEntry {
            state = Absent.text(state);
            devices = Absent.texts(devices);
        }
    }

    public record NodeFacts(
            int zone,
            Hostnames hostnames,
            String cluster,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags,
            String id) {

        public NodeFacts {
            hostnames = hostnames == null ? Hostnames.NONE : hostnames;
            cluster = Absent.text(cluster);
            tags = Absent.tags(tags);
            id = Absent.text(id);
        }
    }

    /** @param bricks ids, ascending */
    public record DeviceEntry(
            @JsonProperty("State") String state,
            @JsonProperty("Info") DeviceFacts info,
            @JsonProperty("Bricks") List<String> bricks,
            @JsonProperty("NodeId") String node,
            @JsonProperty("ExtentSize") long extentKiB) {

        public DeviceEntry {
            state = Absent.text(state);
            bricks = Absent.texts(bricks);
            node = Absent.text(node);
        }
    }

    public record DeviceFacts(
            String name,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags,
            Storage storage,
            String id,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> paths,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("pv_uuid")
            String pvUuid) {

        public DeviceFacts {
            name = Absent.text(name);
            tags = Absent.tags(tags);
            storage = storage == null ? Storage.NONE : storage;
            id = Absent.text(id);
            paths = Absent.texts(paths);
            pvUuid = Absent.text(pvUuid);
        }
    }

    /**
     * A brick.
     *
     * @param lv empty for {@code brick_<id>}
     * @param subType 0 unknown, 1 normal, 2 arbiter
     */
    public record BrickEntry(
            @JsonProperty("Info") BrickInfo info,
            @JsonProperty("TpSize") long poolKiB,
            @JsonProperty("PoolMetadataSize") long metadataKiB,
            @JsonProperty("Pending") Pending pending,
            @JsonProperty("LvmThinPool") String pool,
            @JsonProperty("LvmLv") String lv,
            @JsonProperty("SubType") int subType) {

        public BrickEntry {
            pending = pending == null ? Pending.NONE : pending;
            pool = Absent.text(pool);
            lv = Absent.text(lv);
        }
    }

    /** @param bricks ids, ascending */
    public record VolumeEntry(
            @JsonProperty("Info") VolumeFacts info,
            @JsonProperty("Bricks") List<String> bricks,
            @JsonProperty("GlusterVolumeOptions") List<String> glusterVolumeOptions,
            @JsonProperty("Pending") Pending pending) {

        public VolumeEntry {
            bricks = Absent.texts(bricks);
            glusterVolumeOptions = Absent.texts(glusterVolumeOptions);
            pending = pending == null ? Pending.NONE : pending;
        }
    }

    /** @param clusters those that the request named; empty for any */
    public record VolumeFacts(
            @JsonProperty("size") long sizeGiB,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> clusters,
            String name,
            Durability durability,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long gid,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean block,
            Snapshot snapshot,
            String id,
            String cluster,
            VolumeMount mount,
            @JsonProperty("blockinfo") BlockInfo blockInfo) {

        public VolumeFacts {
            clusters = Absent.texts(clusters);
            name = Absent.text(name);
            durability = durability == null ? Durability.UNSAID : durability;
            snapshot = snapshot == null ? Snapshot.UNSAID : snapshot;
            id = Absent.text(id);
            cluster = Absent.text(cluster);
            mount = mount == null ? VolumeMount.NONE : mount;
            blockInfo = blockInfo == null ? BlockInfo.NONE : blockInfo;
        }
    }

    public record BlockVolumeEntry(
            @JsonProperty("Info") BlockVolumeFacts info,
            @JsonProperty("Pending") Pending pending) {

        public BlockVolumeEntry {
            pending = pending == null ? Pending.NONE : pending;
        }
    }

    /**
     * @param clusters those that the request named; empty for any
     * @param auth whether a password was asked for
     */
    public record BlockVolumeFacts(
            @JsonProperty("size") long sizeGiB,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> clusters,
            String name,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("hacount")
            int haCount,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean auth,
            String id,
            @JsonProperty("blockvolume") BlockVolumeInfo.Target target,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String cluster,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonProperty("blockhostingvolume")
            String hostingVolume,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("usablesize")
            long usableGiB) {

        public BlockVolumeFacts {
            clusters = Absent.texts(clusters);
            name = Absent.text(name);
            id = Absent.text(id);
            cluster = Absent.text(cluster);
            hostingVolume = Absent.text(hostingVolume);
        }
    }

    public record AttributeEntry(
            @JsonProperty("Key") String key,
            @JsonProperty("Value") String value) {

        public AttributeEntry {
            key = Absent.text(key);
            value = Absent.text(value);
        }
    }

    /**
     * An operation that has not ended.
     *
     * @param timestamp when it began, in seconds since 1970
     * @param status empty, {@code stale} or {@code failed}
     */
    public record OperationEntry(
            @JsonProperty("Id") String id,
            @JsonProperty("Timestamp") long timestamp,
            @JsonProperty("Type") int type,
            @JsonProperty("Actions") List<Action> actions,
            @JsonProperty("Status") String status) {

        public OperationEntry {
            id = Absent.text(id);
            actions = Absent.list(actions);
            status = Absent.text(status);
        }
    }

    /**
     * What an operation does to one item.
     *
     * @param delta GiB, for the changes that need a number; else null
     */
    public record Action(
            @JsonProperty("Change") int change,
            @JsonProperty("Id") String id,
            @JsonProperty("Delta") @Nullable Long delta) {

        public Action {
            id = Absent.text(id);
        }
    }
}
