package bricklayer.executor.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.gluster.VolumeType;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Guard;
import bricklayer.host.HostName;
import bricklayer.host.Hosts;
import bricklayer.host.Query;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.lvm.ThinLv;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Simulated nodes, and the commands that the service sends to them. */
final class Lab implements AutoCloseable {

    static final HostName N1 = new HostName("n1");
    static final HostName N2 = new HostName("n2");
    static final HostName N3 = new HostName("n3");
    static final Guard GUARD = new Guard("op1.lane1");
    static final long GIB = 1L << 20;
    static final String DISK = "/dev/vdb";
    static final String GROUP = "vg_1";

    final Lvm lvm = new Lvm(LvmSettings.DEFAULTS);
    final Mounts mounts = new Mounts(MountSettings.DEFAULTS);
    final Gluster gluster = new Gluster(GlusterSettings.DEFAULTS);
    final SimulatedNodes nodes;
    final SimulatedExecutor executor;
    private final Hosts hosts;

    Lab() {
        this(SimulatedNodes.inMemory(SimulatedSettings.DEFAULTS));
    }

    Lab(SimulatedNodes nodes) {
        this.nodes = nodes;
        executor = new SimulatedExecutor(nodes, delay -> {
            throw new AssertionError("no delay was asked for");
        });
        hosts = new Hosts(executor);
    }

    /** As at the factory: a 20 GiB disk each. */
    Lab withDisks(HostName... each) {
        Arrays.asList(each).forEach(host -> nodes.disk(host, DISK, 20 * GIB));
        return this;
    }

    /** @throws bricklayer.host.HostFailure when it does not end with status 0 */
    void run(HostName host, Command... commands) {
        for (Command command : commands) {
            hosts.run(host, GUARD, command);
        }
    }

    <T> T ask(HostName host, Query<T> query) {
        return hosts.query(host, query);
    }

    CommandResult change(HostName host, Command command) {
        return executor.change(host, GUARD, command);
    }

    Exited refused(HostName host, int status, Command command) {
        CommandResult result = change(host, command);
        assertThat(result).isInstanceOf(Exited.class);
        Exited exited = (Exited) result;
        assertThat(exited.status()).as(exited.err()).isEqualTo(status);
        return exited;
    }

    Exited refused(HostName host, int status, String... argv) {
        return refused(host, status, Command.of(Duration.ofMinutes(1), argv));
    }

    void addDevice(HostName host) {
        run(
                host,
                lvm.pvcreate(DISK, uuid(host)),
                lvm.vgcreate(GROUP, DISK, List.of("bricklayer.device=d1")),
                mounts.mkdir(root()));
    }

    /** In LVM's form, different for each host. */
    static String uuid(HostName host) {
        // LVM ids have groups of 6-4-4-4-4-4-6 letters and digits
        return "AAAAAA-bbbb-CCCC-dddd-EEEE-ffff-GGGG%s".formatted((host + "0").substring(0, 2));
    }

    static String root() {
        return "/var/lib/heketi/mounts/" + GROUP;
    }

    static ThinLv thin(String name) {
        return new ThinLv(
                GROUP, "tp_" + name, "brick_" + name, GIB, 8192, GIB, false, List.of("bricklayer.brick=" + name));
    }

    static String device(String name) {
        return "/dev/mapper/" + GROUP + "-brick_" + name;
    }

    static String mountPoint(String name) {
        return root() + "/brick_" + name;
    }

    static String brickPath(String name) {
        return mountPoint(name) + "/brick";
    }

    void addBrick(HostName host, String name) {
        run(
                host,
                lvm.lvcreateThin(thin(name)),
                mounts.makeXfs(device(name), false),
                mounts.mkdir(mountPoint(name)),
                mounts.addFstabEntry(device(name), mountPoint(name)),
                mounts.mount(device(name), mountPoint(name)),
                mounts.makeBrickDirectory(brickPath(name)));
    }

    void removeBrick(HostName host, String name) {
        run(
                host,
                mounts.unmount(mountPoint(name)),
                mounts.removeFstabEntry(device(name)),
                mounts.rmdir(mountPoint(name)),
                lvm.lvremove(thin(name)),
                lvm.lvremoveEmptyPool(thin(name)));
    }

    /** Three nodes with a device each, in one pool. */
    Lab withPool() {
        withDisks(N1, N2, N3);
        List.of(N1, N2, N3).forEach(this::addDevice);
        run(N1, gluster.peerProbe("n2"), gluster.peerProbe("n3"));
        return this;
    }

    List<String> addBricks(String name) {
        List.of(N1, N2, N3).forEach(host -> addBrick(host, name));
        return List.of("n1:" + brickPath(name), "n2:" + brickPath(name), "n3:" + brickPath(name));
    }

    /** Replica 3, started. */
    void addVolume(String name) {
        run(N1, gluster.createVolume(name, VolumeType.replica(3), addBricks(name)), gluster.start(name));
    }

    @Override
    public void close() {
        executor.close();
    }
}
