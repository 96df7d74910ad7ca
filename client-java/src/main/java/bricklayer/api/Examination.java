package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code GET /internal/state/examine/gluster}: the records beside what the nodes say. Keys are those of Heketi's program, not of its API.
 *
 * @param records the dump of the records
 * @param report what was noticed, in sentences
 */
public record Examination(
        @JsonProperty("heketidb") DatabaseDump records, List<String> report, List<ClusterState> clusters) {

    public Examination {
        report = Absent.texts(report);
        clusters = Absent.list(clusters);
    }

    /** @param nodes those that could be asked; null when none could */
    public record ClusterState(
            @JsonProperty("ClusterHeketiID") String id,
            @JsonProperty("NodesData") @Nullable List<NodeState> nodes) {

        public ClusterState {
            id = Absent.text(id);
        }
    }

    /** @param blockVolumes {@code hosting volume/block volume}; null when there are none */
    public record NodeState(
            @JsonProperty("NodeHeketiID") String id,
            @JsonProperty("VolumeInfo") Volumes volumes,
            @JsonProperty("LVMPVInfo") LvmReport physicalVolumes,
            @JsonProperty("LVMVGInfo") LvmReport volumeGroups,
            @JsonProperty("LVMLVInfo") LvmReport logicalVolumes,
            @JsonProperty("BricksMountStatus") Mounts mounts,
            @JsonProperty("BlockVolumeNames") @Nullable List<String> blockVolumes) {

        public NodeState {
            id = Absent.text(id);
        }
    }

    /** Name of an element of gluster's XML, as Go's reader notes it; empty when there was no answer. */
    public record XmlName(
            @JsonProperty("Space") String space,
            @JsonProperty("Local") String local) {

        public static final XmlName NONE = new XmlName("", "");

        public XmlName {
            space = Absent.text(space);
            local = Absent.text(local);
        }
    }

    public record Volumes(
            @JsonProperty("XMLName") XmlName name,
            @JsonProperty("Volumes") VolumeList list) {

        /** The node did not say. */
        public static final Volumes UNKNOWN = new Volumes(XmlName.NONE, new VolumeList(XmlName.NONE, 0, null));

        public static Volumes of(List<Volume> volumes) {
            return new Volumes(
                    new XmlName("", "volInfo"), new VolumeList(new XmlName("", "volumes"), volumes.size(), volumes));
        }

        public Volumes {
            name = Objects.requireNonNullElse(name, XmlName.NONE);
            list = Objects.requireNonNullElseGet(list, () -> new VolumeList(XmlName.NONE, 0, null));
        }
    }

    public record VolumeList(
            @JsonProperty("XMLName") XmlName name,
            @JsonProperty("Count") int count,
            @JsonProperty("VolumeList") @Nullable List<Volume> volumes) {

        public VolumeList {
            name = Objects.requireNonNullElse(name, XmlName.NONE);
        }
    }

    public record Volume(
            @JsonProperty("VolumeName") String name,
            @JsonProperty("ID") String id,
            @JsonProperty("Status") int status,
            @JsonProperty("StatusStr") String statusText,
            @JsonProperty("BrickCount") int brickCount,
            @JsonProperty("DistCount") int distCount,
            @JsonProperty("StripeCount") int stripeCount,
            @JsonProperty("ReplicaCount") int replicaCount,
            @JsonProperty("ArbiterCount") int arbiterCount,
            @JsonProperty("DisperseCount") int disperseCount,
            @JsonProperty("RedundancyCount") int redundancyCount,
            @JsonProperty("Type") int type,
            @JsonProperty("TypeStr") String typeText,
            @JsonProperty("Transport") int transport,
            @JsonProperty("Bricks") Bricks bricks,
            @JsonProperty("OptCount") int optCount,
            @JsonProperty("Options") Options options) {}

    public record Bricks(@JsonProperty("BrickList") List<Brick> list) {}

    public record Brick(
            @JsonProperty("UUID") String uuid,
            @JsonProperty("Name") String name,
            @JsonProperty("HostUUID") String hostUuid,
            @JsonProperty("IsArbiter") int arbiter) {}

    public record Options(@JsonProperty("OptionList") List<Option> list) {}

    public record Option(
            @JsonProperty("Name") String name,
            @JsonProperty("Value") String value) {}

    /**
     * LVM's own JSON.
     *
     * @param report one map, from {@code pv}, {@code vg} or {@code lv} to the rows; null when the node did not say
     */
    public record LvmReport(@Nullable List<Map<String, List<Map<String, String>>>> report) {

        /** The node did not say. */
        public static final LvmReport UNKNOWN = new LvmReport(null);

        public static LvmReport of(String kind, List<Map<String, String>> rows) {
            return new LvmReport(List.of(Map.of(kind, rows)));
        }
    }

    /** @param statuses one for each entry of fstab; null when the node did not say */
    public record Mounts(@JsonProperty("Statuses") @Nullable List<MountStatus> statuses) {

        /** The node did not say. */
        public static final Mounts UNKNOWN = new Mounts(null);
    }

    public record MountStatus(
            @JsonProperty("Device") String device,
            @JsonProperty("MountPoint") String mountPoint,
            @JsonProperty("Type") String type,
            @JsonProperty("MountOptions") String options,
            @JsonProperty("Mounted") boolean mounted) {}
}
