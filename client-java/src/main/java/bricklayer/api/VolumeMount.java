package bricklayer.api;

import java.util.List;
import java.util.Map;

/** How a volume is mounted. */
public record VolumeMount(Glusterfs glusterfs) {

    public static final VolumeMount NONE = new VolumeMount(new Glusterfs(List.of(), "", Map.of()));

    public VolumeMount {
        glusterfs = glusterfs == null ? new Glusterfs(List.of(), "", Map.of()) : glusterfs;
    }

    /** The mount of a volume that the nodes with these storage host names serve. */
    public static VolumeMount of(String volumeName, List<String> hosts) {
        return new VolumeMount(new Glusterfs(
                hosts,
                (hosts.isEmpty() ? "" : hosts.get(0)) + ":" + volumeName,
                Map.of(
                        "backup-volfile-servers",
                        String.join(",", hosts.subList(Math.min(1, hosts.size()), hosts.size())))));
    }

    /**
     * Mount through FUSE.
     *
     * @param hosts first storage host name of each node of the cluster, in the order of the nodes' ids
     * @param device {@code host:volume name}
     */
    public record Glusterfs(List<String> hosts, String device, Map<String, String> options) {

        public Glusterfs {
            hosts = Absent.texts(hosts);
            device = Absent.text(device);
            options = Absent.tags(options);
        }
    }
}
