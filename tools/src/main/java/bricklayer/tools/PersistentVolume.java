package bricklayer.tools;

import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody gives to Kubernetes by hand so that it can mount a volume, as heketi-cli writes it. */
final class PersistentVolume {

    private static final int ID_IN_NAME = 8;

    private PersistentVolume() {}

    /**
     * Indented by two, without a newline at the end.
     *
     * @param endpoint name of the endpoints object; a text to be replaced when empty
     */
    static String json(VolumeInfo volume, String endpoint) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put(
                "name",
                "glusterfs-"
                        + volume.id()
                                .substring(0, Math.min(ID_IN_NAME, volume.id().length())));
        metadata.put("creationTimestamp", null);
        metadata.put("annotations", Map.of("pv.beta.kubernetes.io/gid", Long.toString(volume.gid())));
        Map<String, Object> glusterfs = new LinkedHashMap<>();
        glusterfs.put("endpoints", endpoint.isEmpty() ? "TYPE ENDPOINT HERE" : endpoint);
        glusterfs.put("path", volume.name());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("capacity", Map.of("storage", volume.sizeGiB() + "Gi"));
        spec.put("glusterfs", glusterfs);
        spec.put("accessModes", List.of("ReadWriteMany"));
        spec.put("persistentVolumeReclaimPolicy", "Retain");
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("kind", "PersistentVolume");
        whole.put("apiVersion", "v1");
        whole.put("metadata", metadata);
        whole.put("spec", spec);
        whole.put("status", Map.of());
        return WireJson.writeIndented(whole, 2);
    }

    /** One subset for each host, with a port that nobody uses but Kubernetes wants. */
    static String endpointPatch(VolumeInfo volume) {
        return volume.mount().glusterfs().hosts().stream()
                .map(host -> "{\"addresses\":[{\"ip\":" + WireJson.write(host) + "}],\"ports\":[{\"port\":1}]}")
                .collect(Collectors.joining(",", "{\"subsets\": [", "]}"));
    }
}
