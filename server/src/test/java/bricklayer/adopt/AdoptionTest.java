package bricklayer.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.api.AdoptionList;
import bricklayer.api.Durability;
import bricklayer.api.VolumeInfo;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeType;
import bricklayer.glusterblock.GlusterBlock;
import bricklayer.glusterblock.GlusterBlockSettings;
import bricklayer.host.Command;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.inventory.Brick;
import bricklayer.inventory.ClusterId;
import bricklayer.inventory.Device;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.KnownDown;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Views;
import bricklayer.inventory.Volume;
import bricklayer.inventory.VolumeId;
import bricklayer.lvm.DeviceMapper;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import bricklayer.operation.Planner;
import bricklayer.operation.SequentialThreads;
import bricklayer.problem.Problem;
import bricklayer.stamp.SimulatedService;
import bricklayer.survey.Surveyor;
import bricklayer.volume.VolumeRepairs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Gluster volumes that no record names are taken over as they are, and nothing is done to them that was not allowed. */
class AdoptionTest {

    private static final String OLD_ID = "0123456789abcdef0123456789abcdef";
    private static final long GIB = 1L << 20;

    private final SimulatedService service = new SimulatedService(5);
    private final ClusterId cluster = service.smallCluster();
    private final Hosts hosts = new Hosts(service.executor);
    private final Gluster gluster = new Gluster(GlusterSettings.DEFAULTS);
    private final Mounts mounts = new Mounts(MountSettings.DEFAULTS);
    private final Lvm lvm = new Lvm(LvmSettings.DEFAULTS);
    private int unreadableRows;
    private final Adoptions adoptions = new Adoptions(
            new Scout(
                    new Surveyor(hosts, lvm, mounts, gluster, new GlusterBlock(GlusterBlockSettings.DEFAULTS)),
                    hosts,
                    mounts,
                    KnownDown.NOBODY,
                    new SequentialThreads()),
            new AdoptionPlans(
                    service.core.ids(),
                    GlusterSettings.DEFAULTS,
                    KnownDown.NOBODY,
                    new VolumeRepairs(service.core.volumePlans())),
            () -> unreadableRows);

    private void does(int node, Command... commands) {
        for (Command command : commands) {
            hosts.run(new HostName("node" + node), new Guard("by-hand"), command);
        }
    }

    private Node node(int n) {
        return service.rows().find(Node.TABLE, Node.BY_MANAGE_HOST, "node" + n).getFirst();
    }

    private Device device(int n) {
        return Inventory.devices(service.rows(), node(n).id()).getFirst();
    }

    /** On a disk of their own on each of three nodes, as people make them. */
    private void foreign(String name) {
        for (int n = 1; n <= 3; n++) {
            service.executor.nodes().disk(new HostName("node" + n), "/dev/vdz", 16 * GIB);
            does(n, mounts.makeXfs("/dev/vdz", false), mounts.mkdir("/data"), mounts.mount("/dev/vdz", "/data"));
        }
        does(
                1,
                gluster.createVolume(
                        name,
                        VolumeType.replica(3),
                        List.of("10.0.0.1:/data/" + name, "10.0.0.2:/data/" + name, "10.0.0.3:/data/" + name)),
                gluster.setOption(name, "performance.readdir-ahead", "on"),
                gluster.start(name));
    }

    /** In the groups of devices, laid out as Heketi and Bricklayer do. */
    private void likeOurs(String name) {
        StringBuilder bricks = new StringBuilder();
        for (int n = 1; n <= 3; n++) {
            String group = device(n).volumeGroup();
            ThinLv lv = new ThinLv(group, "tp_own", "own", 4 * GIB, 16384, 2 * GIB, false, List.of());
            String path = DeviceMapper.path(group, "own");
            String point = device(n).mountRoot() + "/own";
            does(
                    n,
                    lvm.lvcreateThin(lv),
                    mounts.makeXfs(path, false),
                    mounts.mkdir(point),
                    mounts.addFstabEntry(path, point),
                    mounts.mount(path, point),
                    mounts.makeBrickDirectory(point + "/brick"));
            bricks.append("10.0.0.").append(n).append(':').append(point).append("/brick ");
        }
        does(
                1,
                gluster.createVolume(
                        name,
                        VolumeType.replica(3),
                        List.of(bricks.toString().strip().split(" "))),
                gluster.start(name));
    }

    private AdoptionList.Candidate only() {
        AdoptionList list = adoptions.list(service.rows(), Optional.empty());
        assertThat(list.unknown()).isEmpty();
        assertThat(list.volumes()).hasSize(1);
        return list.volumes().getFirst();
    }

    private Operation adopt(String name, boolean managed) {
        return service.must(adoptions.adoption(service.rows(), Optional.empty(), name, managed));
    }

    private Volume volume(String name) {
        return service.rows()
                .find(Volume.TABLE, Volume.BY_NAME, Volume.nameIn(cluster, name))
                .getFirst();
    }

    private Map<String, String> options(String name) {
        return hosts.query(new HostName("node1"), gluster.volumeInfo(name))
                .orElseThrow()
                .options();
    }

    @Test
    void aForeignVolumeIsAdoptedForReadingOnly() {
        foreign("photos");
        long used = Inventory.usedKiB(service.rows(), device(1));

        AdoptionList.Candidate candidate = only();
        assertThat(candidate.state()).isEqualTo("orphan");
        assertThat(candidate.sizeGiB()).isEqualTo(16);
        assertThat(candidate.obstacles()).isEmpty();
        assertThat(candidate.unmanageable())
                .contains("brick 10.0.0.1:/data/photos lies on no device of the records but on /dev/vdz");
        adopt("photos", false);

        Volume volume = volume("photos");
        VolumeInfo shown = Views.volume(service.rows(), volume);
        assertThat(shown.readOnly()).isTrue();
        assertThat(shown.sizeGiB()).isEqualTo(16);
        assertThat(shown.durability().type()).isEqualTo(Durability.REPLICATE);
        assertThat(shown.glusterVolumeOptions()).contains("performance.readdir-ahead on");
        assertThat(shown.mount().glusterfs().device()).endsWith(":photos");
        assertThat(shown.bricks()).hasSize(3).allSatisfy(brick -> {
            assertThat(brick.device()).isEmpty();
            assertThat(brick.path()).isEqualTo("/data/photos");
        });
        assertThat(options("photos"))
                .containsEntry("user.heketi.id", volume.id().value());
        assertThat(Inventory.usedKiB(service.rows(), device(1)))
                .as("what lies elsewhere takes no space")
                .isEqualTo(used);
        assertThat(only().state()).isEqualTo("read-only");
        assertThat(service.executor.counters().notSimulated()).isZero();
    }

    @Test
    void nothingIsDoneToTheStorageOfOneForReadingOnly() {
        foreign("photos");
        adopt("photos", false);
        Volume volume = volume("photos");
        Brick brick = Inventory.bricksOf(service.rows(), volume.id()).getFirst();
        bricklayer.inventory.NodeId spare = spare();
        Map<HostName, String> before = Map.copyOf(service.executor.nodes().pictures());

        refused(
                "Cannot expand volume photos",
                () -> service.submit(
                        (rows, attempt) -> service.core.volumePlans().expand(rows, volume.id(), 1, attempt)));
        refused(
                "Cannot delete volume photos",
                () -> service.submit(
                        (rows, attempt) -> service.core.volumePlans().delete(rows, volume.id())));
        refused(
                "Cannot clone volume photos",
                () -> service.submit(
                        (rows, attempt) -> service.core.clonePlans().clone(rows, volume.id(), "copy")));
        refused(
                "Cannot move bricks of volume photos",
                () -> service.submit(
                        (rows, attempt) -> service.core.evictionPlans().evict(rows, brick.id(), true, attempt)));
        refused(
                "Cannot do anything-else with volume photos",
                () -> service.submit((rows, attempt) -> bricklayer.operation.Plan.of("anything-else")
                        .holds(Brick.TABLE, brick)
                        .build()));
        refused("Cannot manage volume photos", () -> adopt("photos", true));
        refused("is adopted for reading only already", () -> adopt("photos", false));
        refused(
                "Unable to delete node",
                () -> service.submit((rows, attempt) -> service.core.nodePlans().delete(rows, spare)));

        assertThat(service.executor.nodes().pictures()).isEqualTo(before);
        assertThat(volume("photos")).isEqualTo(volume);
    }

    /** A node without devices, with a brick of the volume. */
    private bricklayer.inventory.NodeId spare() {
        Node node = node(1);
        for (Device device : Inventory.devices(service.rows(), node.id())) {
            service.must(
                    (rows, attempt) -> service.core.devicePlans().setState(rows, device.id(), State.OFFLINE, false));
            service.must(
                    (rows, attempt) -> service.core.devicePlans().setState(rows, device.id(), State.FAILED, false));
            service.must((rows, attempt) -> service.core.devicePlans().delete(rows, device.id(), false));
        }
        return node.id();
    }

    private static void refused(String text, org.assertj.core.api.ThrowableAssert.ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.text()).contains(text);
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.next()).isNotEmpty();
        });
    }

    @Test
    void oneLaidOutLikeOursIsManagedAndGoesTheWayOfAll() {
        long free = Inventory.freeKiB(service.rows(), device(1));
        likeOurs("own");
        assertThat(only().unmanageable()).isEmpty();
        adopt("own", false);
        assertThat(Inventory.freeKiB(service.rows(), device(1)))
                .as("its pool takes space of the device")
                .isEqualTo(free - 4 * GIB - 16384);
        VolumeId id = volume("own").id();

        adopt("own", true);

        assertThat(volume("own").id()).isEqualTo(id);
        assertThat(volume("own").isReadOnly()).isFalse();
        assertThat(adoptions.list(service.rows(), Optional.empty()).volumes()).isEmpty();
        service.must((rows, attempt) -> service.core.volumePlans().expand(rows, id, 1, attempt));
        service.must((rows, attempt) -> service.core.clonePlans().clone(rows, id, "copy"));
        service.must((rows, attempt) ->
                service.core.volumePlans().delete(rows, volume("copy").id()));
        service.must((rows, attempt) -> service.core.volumePlans().delete(rows, id));
        assertThat(Inventory.freeKiB(service.rows(), device(1))).isEqualTo(free);
        String nodes = String.join("", service.executor.nodes().pictures().values());
        assertThat(nodes.lines().filter(line -> line.startsWith("lv ") || line.startsWith("gluster-volume ")))
                .isEmpty();
        assertThat(service.executor.counters().notSimulated()).isZero();
    }

    @Test
    void itKeepsTheIdThatItSaysUnlessThatIsTaken() {
        likeOurs("own");
        does(1, gluster.setOption("own", "user.heketi.id", OLD_ID));
        adopt("own", false);
        assertThat(volume("own").id().value()).isEqualTo(OLD_ID);
        foreign("twin");
        does(1, gluster.setOption("twin", "user.heketi.id", OLD_ID));

        adopt("twin", false);

        assertThat(volume("twin").id().value()).isNotEqualTo(OLD_ID);
        assertThat(options("twin"))
                .containsEntry("user.heketi.id", volume("twin").id().value());
    }

    /** As after records were restored that are older than a volume. */
    @Test
    void aVolumeOfOursWhoseRecordsAreLostComesBackAsItWas() {
        service.must((rows, attempt) -> service.core
                .volumePlans()
                .create(rows, SimulatedService.volume(7, Durability.replicate(3), false), attempt));
        service.settle();
        Volume lost = service.all(Volume.TABLE).getFirst();
        List<Brick> bricks = Inventory.bricksOf(service.rows(), lost.id());
        service.store.write(tx -> {
            tx.delete(Volume.TABLE, lost.id());
            bricks.forEach(brick -> tx.delete(Brick.TABLE, brick.id()));
            return 0;
        });

        adopt(lost.name(), true);

        assertThat(service.all(Volume.TABLE)).containsExactly(lost);
        assertThat(Inventory.bricksOf(service.rows(), lost.id())).isEqualTo(bricks);
    }

    @Test
    void forgettingDeletesTheRecordsAndLeavesTheVolume() {
        foreign("photos");
        adopt("photos", false);
        VolumeId id = volume("photos").id();
        service.settle();
        String before = withoutOptions();

        service.must(adoptions.forgetting(id));

        assertThat(service.all(Volume.TABLE)).isEmpty();
        assertThat(service.all(Brick.TABLE)).isEmpty();
        assertThat(withoutOptions()).isEqualTo(before);
        assertThat(options("photos").get("user.bricklayer.volume")).contains("forgotten");
        assertThat(bricklayer.identity.VolumeStamp.read(options("photos")))
                .as("a rebuild leaves it out")
                .isEmpty();
        adopt("photos", false);
        assertThat(volume("photos").id()).as("it can be adopted again").isEqualTo(id);
        assertThat(bricklayer.identity.VolumeStamp.read(options("photos"))).isPresent();
    }

    private String withoutOptions() {
        return String.join("\n", service.executor.nodes().pictures().values()).replaceAll("\\{[^}]*}", "");
    }

    @Test
    void oneThatGlusterLostCanBeForgotten() {
        foreign("photos");
        adopt("photos", false);
        does(1, gluster.stop("photos"), gluster.delete("photos"));

        service.must(adoptions.forgetting(volume("photos").id()));

        assertThat(service.all(Volume.TABLE)).isEmpty();
    }

    @Test
    void aVolumeMadeHereIsNotForgotten() {
        service.must((rows, attempt) -> service.core
                .volumePlans()
                .create(rows, SimulatedService.volume(7, Durability.replicate(3), false), attempt));
        VolumeId id = service.all(Volume.TABLE).getFirst().id();

        refused("it is not adopted for reading only", () -> service.submit(adoptions.forgetting(id)));
    }

    @Test
    void aBrickOnANodeOfNobodyIsInTheWay() {
        service.executor.nodes().nameNode(new HostName("stranger"), "10.0.0.99");
        service.executor.nodes().disk(new HostName("stranger"), "/dev/vdz", 16 * GIB);
        HostName stranger = new HostName("stranger");
        hosts.run(stranger, new Guard("by-hand"), mounts.makeXfs("/dev/vdz", false));
        hosts.run(stranger, new Guard("by-hand"), mounts.mkdir("/data"));
        hosts.run(stranger, new Guard("by-hand"), mounts.mount("/dev/vdz", "/data"));
        does(
                1,
                gluster.peerProbe("10.0.0.99"),
                gluster.createVolume("theirs", VolumeType.distribute(), List.of("10.0.0.99:/data/theirs")));

        assertThat(only().obstacles()).singleElement().asString().contains("10.0.0.99 is no storage name of a node");
        refused("Cannot adopt volume theirs", () -> adopt("theirs", false));
        assertThat(service.all(Volume.TABLE)).isEmpty();
    }

    @Test
    void nobodyKnowsWhereABrickLiesWhileItsNodeIsSilent() {
        foreign("photos");
        service.executor.nodes().disconnect(new HostName("node3"));

        assertThat(only().obstacles()).singleElement().asString().contains("node node3 did not answer");
        refused("Cannot adopt volume photos", () -> adopt("photos", false));
    }

    @Test
    void nothingIsAdoptedWhileItMayBeTheVolumeOfARowThatCannotBeRead() {
        foreign("photos");
        unreadableRows = 1;

        refused("1 rows of the records cannot be read", () -> adopt("photos", false));
    }

    /** Where its bricks lie, it is not measured either: it is what it is. */
    @Test
    void aRebuildBringsItBack() {
        foreign("photos");
        likeOurs("own");
        adopt("photos", false);
        adopt("own", true);
        service.settle();

        var rebuilt = new bricklayer.rebuild.NodeReader(
                        hosts,
                        lvm,
                        gluster,
                        new GlusterBlock(GlusterBlockSettings.DEFAULTS),
                        mounts,
                        new SequentialThreads())
                .read(java.util.stream.Stream.of("node1", "node2", "node3")
                        .map(bricklayer.rebuild.NodeNamed::only)
                        .toList());

        assertThat(rebuilt.report().findings()).isEmpty();
        assertThat(rebuilt.volumes()).containsExactlyInAnyOrderElementsOf(service.all(Volume.TABLE));
        assertThat(rebuilt.bricks()).containsExactlyInAnyOrderElementsOf(service.all(Brick.TABLE));
        assertThat(rebuilt.devices()).hasSize(6);
    }

    @Test
    void aVolumeThatChangedMeanwhileIsNotAdopted() {
        foreign("photos");
        Planner judged = adoptions.adoption(service.rows(), Optional.empty(), "photos", false);
        does(1, gluster.stop("photos"), gluster.delete("photos"));

        Operation ended = service.submit(judged);

        assertThat(ended.state()).isEqualTo(OperationState.ABORTED);
        assertThat(ended.error()).hasValueSatisfying(text -> assertThat(text).contains("does not show it any more"));
        assertThat(service.all(Volume.TABLE)).isEmpty();
        assertThat(service.all(Brick.TABLE)).isEmpty();
    }
}
