package bricklayer.promise;

import bricklayer.adopt.AdoptionPlans;
import bricklayer.adopt.Adoptions;
import bricklayer.adopt.Scout;
import bricklayer.api.Durability;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Guard;
import bricklayer.host.Hosts;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Planner;
import bricklayer.operation.SequentialThreads;
import bricklayer.operation.Step;
import bricklayer.survey.Surveyor;
import bricklayer.volume.VolumeRepairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A volume that no record names is taken over, managed and forgotten; a node gets other names. In the end, whatever became of that, it is taken over, so that the records name all that is on the nodes. */
final class AdoptionScenarios {

    private static final String NAME = "r3";

    private AdoptionScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "adopt a volume",
                        AdoptionScenarios::withOrphan,
                        world -> Deed.of(adopting(world, false)),
                        false, // asked again when it is adopted, it is refused
                        AdoptionScenarios::adopted),
                new Scenario(
                        "manage an adopted volume",
                        () -> {
                            StorageWorld world = withOrphan();
                            return world.prepared(adopting(world, false));
                        },
                        world -> Deed.of(adopting(world, true))),
                forgetting(),
                new Scenario(
                        "change the addresses of a node",
                        () -> {
                            StorageWorld world = withVolume();
                            Node node =
                                    Inventory.nodes(world.rows(), world.cluster).getFirst();
                            world.executor.nodes().alias(node.host(), "new-address");
                            world.executor.nodes().alias(node.host(), "new-name");
                            return world.asOfNow();
                        },
                        world -> {
                            List<Node> nodes = Inventory.nodes(world.rows(), world.cluster);
                            String uuid = new Hosts(world.executor)
                                            .query(
                                                    nodes.getLast().host(),
                                                    new Gluster(GlusterSettings.DEFAULTS).poolList())
                                            .stream()
                                            .filter(peer -> peer.names()
                                                    .contains(nodes.getFirst().storageHost()))
                                            .findFirst()
                                            .orElseThrow()
                                            .uuid();
                            return Deed.of((rows, attempt) -> world.nodePlans.setAddress(
                                    rows,
                                    nodes.getFirst().id(),
                                    "new-address",
                                    "new-name",
                                    uuid,
                                    List.of(nodes.get(1).host(), nodes.get(2).host())));
                        }));
    }

    /** In the end a person takes the volume down that nobody answers for any more. */
    private static Scenario forgetting() {
        List<Step> takingDown = new ArrayList<>();
        return new Scenario(
                "forget an adopted volume",
                () -> {
                    StorageWorld world = withVolume();
                    takingDown.clear();
                    world.volumePlans.delete(world.rows(), world.named(NAME).id()).stages().stream()
                            .flatMap(stage -> stage.steps().stream())
                            .forEach(takingDown::add);
                    world.forget(NAME);
                    return world.prepared(adopting(world, false));
                },
                world -> Deed.of(adoptions(world).forgetting(world.named(NAME).id())),
                false, // asked again when it was forgotten after all, its storage is still there for nobody
                world -> {
                    if (world.rows().count(Volume.TABLE) == 0) {
                        takingDown.forEach(step -> step.apply()
                                .forEach(command ->
                                        world.executor.change(step.hosts().getFirst(), new Guard("by-hand"), command)));
                    }
                });
    }

    private static StorageWorld withVolume() {
        StorageWorld world = new StorageWorld(3, nothing -> {});
        return world.prepared((rows, attempt) -> world.volumePlans.create(
                rows, VolumeCreateRequest.of(2, Durability.replicate(3)).named(NAME), attempt));
    }

    private static StorageWorld withOrphan() {
        StorageWorld world = withVolume();
        world.forget(NAME);
        return world;
    }

    private static void adopted(StorageWorld world) {
        if (world.rows().count(Volume.TABLE) == 0) {
            world.submit(adopting(world, false));
            world.recover();
        }
    }

    private static Planner adopting(StorageWorld world, boolean managed) {
        return adoptions(world).adoption(world.rows(), Optional.empty(), NAME, managed);
    }

    private static Adoptions adoptions(StorageWorld world) {
        Hosts hosts = new Hosts(world.executor);
        Mounts mounts = new Mounts(MountSettings.DEFAULTS);
        return new Adoptions(
                new Scout(
                        new Surveyor(
                                hosts,
                                new Lvm(LvmSettings.DEFAULTS),
                                mounts,
                                new Gluster(GlusterSettings.DEFAULTS),
                                new GlusterBlock(GlusterBlockSettings.DEFAULTS)),
                        hosts,
                        mounts,
                        KnownDown.NOBODY,
                        new SequentialThreads()),
                new AdoptionPlans(
                        world.ids, GlusterSettings.DEFAULTS, KnownDown.NOBODY, new VolumeRepairs(world.volumePlans)),
                () -> 0);
    }
}
