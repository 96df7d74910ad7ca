package bricklayer.adopt;

import bricklayer.api.AdoptionList;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.operation.Planner;
import bricklayer.problem.Problem;
import bricklayer.store.Rows;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Volumes that can be adopted: looked for, judged, and taken over. Asks nodes, so never in a write of the store. */
public final class Adoptions {

    private final Scout scout;
    private final AdoptionPlans plans;
    private final IntSupplier unreadableRows;

    /** @param unreadableRows how many rows of the records cannot be read: what seems to be nobody's may be theirs */
    public Adoptions(Scout scout, AdoptionPlans plans, IntSupplier unreadableRows) {
        this.unreadableRows = unreadableRows;
        this.scout = scout;
        this.plans = plans;
    }

    AdoptionList list(Rows rows, Optional<ClusterId> cluster) {
        Scout.Report report = scout.look(rows, cluster, name -> true);
        return new AdoptionList(
                report.sightings().stream()
                        .map(seen -> plans.assess(rows, seen).onTheWire())
                        .toList(),
                report.unknown().entrySet().stream()
                        .map(entry -> new AdoptionList.Unknown(entry.getKey().value(), entry.getValue()))
                        .toList());
    }

    /**
     * One volume.
     *
     * @param cluster empty for any, if only one of them has such a volume
     * @param volume gluster's name for it, or the id of one that was adopted for reading only
     * @throws Problem when there is none to adopt, or several, or nobody can tell
     */
    Sighting find(Rows rows, Optional<ClusterId> cluster, String volume) {
        if (unreadableRows.getAsInt() > 0) {
            throw Problem.conflict("Cannot adopt volume " + volume + ": " + unreadableRows.getAsInt()
                            + " rows of the records cannot be read, and it may be theirs")
                    .next("see `bricklayer admin health`");
        }
        Optional<Volume> recorded = rows.get(Volume.TABLE, new VolumeId(volume)).or(() -> named(rows, cluster, volume));
        if (recorded.filter(known -> !known.isReadOnly()).isPresent()) {
            throw Problem.conflict("Cannot adopt volume " + volume + ": the records have it already")
                    .about("volume " + recorded.get().id())
                    .next("GET /adoptions lists what can be adopted");
        }
        String name = recorded.map(Volume::name).orElse(volume);
        Scout.Report report = scout.look(rows, recorded.map(Volume::cluster).or(() -> cluster), name::equals);
        if (report.sightings().size() > 1) {
            throw Problem.conflict("Several clusters have a volume " + name).next("name the cluster as well");
        }
        if (report.sightings().isEmpty() && !report.unknown().isEmpty()) {
            throw Problem.unavailable("Cannot look for volume " + name + ": "
                            + String.join("; ", report.unknown().values()))
                    .next("try again when a node of the cluster answers");
        }
        return report.sightings().stream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Gluster shows no volume " + name + " that could be adopted")
                        .next("GET /adoptions lists those that can be"));
    }

    private static Optional<Volume> named(Rows rows, Optional<ClusterId> cluster, String name) {
        return cluster.flatMap(id -> rows.find(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(id, name)).stream()
                .findFirst());
    }

    /**
     * The operation that takes a volume over, or manages one.
     *
     * @param volume as {@link #find} takes it
     * @throws Problem as {@link #find}
     */
    public Planner adoption(Rows rows, Optional<ClusterId> cluster, String volume, boolean managed) {
        Sighting seen = find(rows, cluster, volume);
        return (now, attempt) -> plans.adopt(now, seen, managed);
    }

    /** The operation that forgets a volume which was adopted for reading only. */
    public Planner forgetting(VolumeId volume) {
        return (now, attempt) -> plans.forget(now, volume);
    }
}
