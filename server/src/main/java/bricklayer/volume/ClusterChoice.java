package bricklayer.volume;

import bricklayer.api.VolumeCreateRequest;
import bricklayer.brick.placement.Placement;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Volume;
import bricklayer.store.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which clusters a new volume may go to, in which order, and in the end why it could go to none. Looks up names and counts by index, so it does not grow with
 * the number of volumes.
 */
final class ClusterChoice {

    private final List<ClusterId> eligible = new ArrayList<>();

    /** Clusters that were never tried, each with its reason. */
    private final Map<ClusterId, String> ineligible = new LinkedHashMap<>();

    /** Clusters that had no room. */
    private final Map<ClusterId, Full> full = new LinkedHashMap<>();

    /**
     * @param held which operations hold space there
     */
    private record Full(Placement.Refused why, List<Map<String, Object>> held) {}

    private ClusterChoice() {}

    static ClusterChoice of(Rows rows, VolumeCreateRequest request, String name, VolumeLimits limits) {
        return of(rows, request.clusters(), cluster -> objection(rows, cluster, request.block(), name, limits));
    }

    /** For block volumes in hosting volumes that are there already. */
    static ClusterChoice forBlockVolumes(Rows rows, List<String> requested) {
        return of(rows, requested, cluster -> typeObjection(cluster, true));
    }

    private static ClusterChoice of(Rows rows, List<String> requested, Function<Cluster, Optional<String>> objection) {
        List<Cluster> candidates = requested.isEmpty()
                ? Inventory.clusters(rows)
                : requested.stream()
                        .flatMap(id -> rows.get(Cluster.TABLE, new ClusterId(id)).stream())
                        .distinct()
                        .toList();
        ClusterChoice choice = new ClusterChoice();
        for (Cluster cluster : candidates) {
            objection
                    .apply(cluster)
                    .ifPresentOrElse(
                            why -> choice.ineligible.put(cluster.id(), why), () -> choice.eligible.add(cluster.id()));
        }
        return choice;
    }

    private static Optional<String> objection(
            Rows rows, Cluster cluster, boolean block, String name, VolumeLimits limits) {
        Optional<String> type = typeObjection(cluster, block);
        if (type.isPresent()) {
            return type;
        }
        return objection(rows, cluster.id(), name, limits);
    }

    /** Why a cluster can have no further volume of that name, of whatever kind. */
    static Optional<String> objection(Rows rows, ClusterId cluster, String name, VolumeLimits limits) {
        if (rows.count(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(cluster, name)) > 0) {
            return Optional.of("Volume name '" + name + "' already in use");
        }
        int volumes = rows.count(Volume.TABLE, Volume.BY_CLUSTER, cluster.value());
        if (limits.maxVolumesPerCluster() >= 0 && volumes >= limits.maxVolumesPerCluster()) {
            return Optional.of("Cluster has " + volumes + " volumes and limit is " + limits.maxVolumesPerCluster());
        }
        return Optional.empty();
    }

    private static Optional<String> typeObjection(Cluster cluster, boolean block) {
        if (!cluster.file() && !cluster.block()) {
            return Optional.of("Cluster has disabled all volume types");
        }
        return (block ? cluster.block() : cluster.file())
                ? Optional.empty()
                : Optional.of("Cluster does not support requested volume type");
    }

    /** In the order to try them; may be empty. */
    List<ClusterId> eligible() {
        return eligible;
    }

    void refused(Rows rows, ClusterId cluster, Placement.Refused why) {
        full.put(cluster, new Full(why, SpaceHeld.in(rows, cluster)));
    }

    /** Why there is no plan, when every eligible cluster has refused. One reason stands alone; several are listed by cluster. */
    NoPlan nowhere() {
        if (full.isEmpty()) {
            return ineligible.isEmpty()
                    ? new NoPlan("no-cluster", "No clusters configured", "create a cluster")
                    : new NoPlan(
                            "no-cluster",
                            listed("No eligible cluster for volume", ineligible),
                            "change what the clusters allow, or name another cluster");
        }
        if (full.size() == 1) {
            Full only = full.values().iterator().next();
            return explained(only.why(), only.why().textForCreate(), only.held());
        }
        Map<ClusterId, String> reasons = new LinkedHashMap<>();
        full.forEach((cluster, refused) -> reasons.put(cluster, refused.why().textForCreate()));
        return new NoPlan("no-space", listed("Unable to create volume on any cluster:", reasons), () -> {
            Map<String, Object> byCluster = new LinkedHashMap<>();
            full.forEach((cluster, refused) -> byCluster.put(
                    cluster.value(),
                    explained(refused.why(), "", refused.held()).explanation().details()));
            return new NoPlan.Explanation(byCluster, "ask for less, or add devices");
        });
    }

    private static String listed(String heading, Map<ClusterId, String> reasons) {
        if (reasons.size() == 1) {
            return reasons.values().iterator().next();
        }
        StringBuilder text = new StringBuilder(heading);
        reasons.forEach((cluster, why) ->
                text.append("\nCluster ").append(cluster).append(": ").append(why));
        return text.toString();
    }

    /** A refusal with what stood against each device, the size that would fit now, and the operations after whose end it may be another. */
    static NoPlan explained(Placement.Refused refused, String text, List<Map<String, Object>> held) {
        return new NoPlan("no-space", text, () -> {
            int largest = refused.largestGiB().orElse(0);
            List<Map<String, String>> devices = refused.explanation().devices().stream()
                    .map(verdict ->
                            Map.of("device", verdict.deviceId(), "node", verdict.nodeId(), "reason", verdict.text()))
                    .toList();
            String next = largest > 0
                    ? "ask for at most " + largest + " GiB, or add devices"
                    : "add devices, or set some online";
            return new NoPlan.Explanation(
                    Map.of("devices", devices, "largest_size_gib", largest, "pending_operations", held), next);
        });
    }
}
