package bricklayer.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.BlockVolumeCreateRequest;
import bricklayer.api.Durability;
import bricklayer.api.TagsChangeRequest;
import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.identity.GroupTags;
import bricklayer.inventory.BlockVolume;
import bricklayer.inventory.Brick;
import bricklayer.inventory.Cluster;
import bricklayer.inventory.Device;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.inventory.Volume;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.operation.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the nodes say follows the records, whatever changes them, and nobody waits for it. */
class StampingTest {

    private static final HostName N1 = new HostName("node1");

    private final SimulatedService service = new SimulatedService(7);

    @BeforeEach
    void prepare() {
        service.smallCluster();
    }

    private Volume create(Durability durability, boolean hosting, String... options) {
        service.must((rows, attempt) -> service.core
                .volumePlans()
                .create(rows, SimulatedService.volume(20, durability, hosting, options), attempt));
        return service.all(Volume.TABLE).getLast();
    }

    private void assertToldWithoutHavingBeenDue() {
        assertThat(Stamper.due(service.rows())).isZero();
        assertTold();
    }

    private void assertDueAndThenTold() {
        assertThat(Stamper.due(service.rows())).isPositive();
        service.settle();
        assertThat(Stamper.due(service.rows())).isZero();
        assertTold();
    }

    private void assertTold() {
        Stamps.Findings found = service.core.stamps().findAll(service.rows());
        assertThat(found.unknown()).isEmpty();
        assertThat(found.differing()).isEmpty();
        assertThat(service.executor.counters().notSimulated()).isZero();
    }

    @Test
    void whatIsMadeTellsOfItselfFromTheStart() {
        assertToldWithoutHavingBeenDue();
        create(Durability.replicate(3), false, "performance.quick-read off", "", "performance.quick-read on");
        assertToldWithoutHavingBeenDue();
    }

    @Test
    void tellingCostsNoCommandOfItsOwn() {
        long before = service.executor.counters().changed();
        create(Durability.replicate(3), false, "performance.quick-read off", "nfs.disable on");
        // 8 for each brick, then create, set, start; as many options as are asked for go in one command with the
        // identity
        assertThat(service.executor.counters().changed() - before).isEqualTo(3 * 8 + 3);
    }

    @Test
    void everyChangeIsTold() {
        Node node = service.all(Node.TABLE).getFirst();
        Device device = service.all(Device.TABLE).getFirst();
        service.must((rows, attempt) -> service.core
                .nodePlans()
                .setTags(node, new TagsChangeRequest("set", Map.of("a b", "ü", "long", "x".repeat(64)))));
        assertDueAndThenTold();
        service.must((rows, attempt) -> service.core.nodePlans().setState(rows, node.id(), State.OFFLINE, false));
        service.must((rows, attempt) -> service.core.devicePlans().setState(rows, device.id(), State.OFFLINE, false));
        assertDueAndThenTold();
        service.must((rows, attempt) -> Plan.of("set-cluster-flags")
                .updates(Cluster.TABLE, new Cluster(node.cluster(), true, false))
                .build());
        assertDueAndThenTold();
        service.must((rows, attempt) -> service.core.devicePlans().resync(rows, device.id()));
        assertDueAndThenTold();
    }

    @Test
    void everyChangeOfAVolumeIsTold() {
        Volume volume = create(Durability.replicate(2), false);
        service.must((rows, attempt) -> service.core.volumePlans().expand(rows, volume.id(), 10, attempt));
        assertDueAndThenTold();
        Brick brick = service.all(Brick.TABLE).getFirst();
        service.must((rows, attempt) -> service.core.evictionPlans().evict(rows, brick.id(), false, attempt));
        assertDueAndThenTold();
        service.must((rows, attempt) -> service.core.clonePlans().clone(rows, volume.id(), "copy"));
        assertDueAndThenTold();
        // the clone's bricks answer for the pools from now on
        service.must((rows, attempt) -> service.core.volumePlans().delete(rows, volume.id()));
        assertDueAndThenTold();
    }

    @Test
    void blockVolumesAreTold() {
        for (int i = 0; i < 5; i++) {
            service.must((rows, attempt) -> service.core
                    .blockVolumePlans()
                    .create(
                            rows,
                            new BlockVolumeCreateRequest(3, List.of(), "", 2, true),
                            service.answering(),
                            attempt));
        }
        assertDueAndThenTold();
        BlockVolume block = service.all(BlockVolume.TABLE).getFirst();
        service.must(
                (rows, attempt) -> service.core.blockVolumePlans().expand(rows, block.id(), 7, service.answering()));
        assertDueAndThenTold();
        service.must((rows, attempt) -> service.core.blockVolumePlans().delete(rows, block.id(), service.answering()));
        assertDueAndThenTold();
        service.executor
                .nodes()
                .pictures()
                .values()
                .forEach(picture -> assertThat(picture.lines().filter(line -> line.startsWith("gluster-volume")))
                        .noneMatch(line -> service.all(BlockVolume.TABLE).stream()
                                .anyMatch(any -> line.contains(any.chap().password()))));
    }

    @Test
    void aNodeThatIsDownIsToldLaterAndTheChangeIsMadeAtOnce() {
        Node node =
                service.rows().find(Node.TABLE, Node.BY_MANAGE_HOST, "node1").getFirst();
        service.executor.nodes().cutPower(N1);
        service.must((rows, attempt) ->
                service.core.nodePlans().setTags(node, new TagsChangeRequest("set", Map.of("first", "1"))));
        service.must((rows, attempt) -> service.core
                .nodePlans()
                .setTags(
                        service.rows().get(Node.TABLE, node.id()).orElseThrow(),
                        new TagsChangeRequest("delete", Map.of("first", ""))));
        service.core.stamper().tellWhatIsDue();
        assertThat(Stamper.due(service.rows())).isEqualTo(2);
        assertThat(service.core.stamps().findAll(service.rows()).unknown()).hasSize(2);

        service.executor.nodes().returnPower(N1);
        service.pass(Duration.ofHours(1));
        assertDueAndThenTold();
    }

    @Test
    void whatSomebodyChangedByHandIsFoundAndPutRight() {
        Volume volume = create(Durability.replicate(3), false);
        Device device = service.all(Device.TABLE).getFirst();
        HostName host =
                service.rows().get(Node.TABLE, device.node()).orElseThrow().host();
        List<String> said = new Hosts(service.executor)
                .query(host, new Lvm(LvmSettings.DEFAULTS).groupTags(device.volumeGroup()))
                .orElseThrow();
        byHand(
                host,
                new Lvm(LvmSettings.DEFAULTS)
                        .vgchangeTags(device.volumeGroup(), List.of("bricklayer.node.zone=99", "theirs"), said));
        byHand(
                host,
                new Gluster(GlusterSettings.DEFAULTS)
                        .setOption(volume.name(), "user.bricklayer.volume", "v:1,id:nonsense"));

        Stamps.Findings found = service.core.stamps().findAll(service.rows());
        assertThat(found.differing())
                .extracting(Stamp::name)
                .containsExactlyInAnyOrder(volume.name(), device.volumeGroup());
        service.must((rows, attempt) -> Plan.of("stamp")
                .stage("identity", Stamper.lanes(found.differing()))
                .build());
        assertTold();
        assertThat(new Hosts(service.executor)
                        .query(host, new Lvm(LvmSettings.DEFAULTS).groupTags(device.volumeGroup()))
                        .orElseThrow())
                .contains("theirs")
                .satisfies(tags ->
                        assertThat(GroupTags.ours(List.copyOf(tags))).containsExactlyInAnyOrderElementsOf(said));
    }

    private void byHand(HostName host, bricklayer.host.Command command) {
        new Hosts(service.executor).run(host, new Guard("somebody"), command);
    }

    @Test
    void aDutyForSomethingThatIsGoneIsDropped() {
        Volume volume = create(Durability.replicate(2), false);
        service.must((rows, attempt) -> service.core.volumePlans().expand(rows, volume.id(), 10, attempt));
        service.must((rows, attempt) -> service.core.volumePlans().delete(rows, volume.id()));
        assertDueAndThenTold();
    }
}
