package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.executor.simulated.SimulatedExecutor;
import bricklayer.functional.Look;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.HostName;
import bricklayer.mount.MountSettings;
import bricklayer.mount.Mounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody took a part of a volume away by hand. Its delete ends all the same, and leaves nothing. */
final class DamageByHandTest extends Conformance {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final List<String> GLUSTER = List.of("gluster", "--mode=script", "--timeout=600", "volume");
    private static final Mounts MOUNTS = new Mounts(MountSettings.DEFAULTS);

    /** What is missing. */
    enum Damage {
        STOPPED,
        GLUSTER_VOLUME,
        MOUNT,
        FSTAB_LINE,
        MOUNT_POINT,
        LOGICAL_VOLUME,
        POOL,
        EVERYTHING
    }

    @SuppressWarnings("NullAway.Init")
    private Map<String, String> empty;

    @BeforeAll
    void prepare() {
        topology(1);
        empty = look().pictures();
    }

    private Look look() {
        server.stop();
        Look look = stand.look();
        server.restart();
        return look;
    }

    @ParameterizedTest
    @EnumSource
    void deleteEnds(Damage damage) {
        String id = newVolume(PLAIN);
        Map<String, Object> brick = get("/volumes/" + id).objects("bricks").stream()
                .filter(seen -> known("node1").equals(seen.get("node")))
                .findFirst()
                .orElseThrow();
        byHand(commands(damage, "vol_" + id, String.valueOf(brick.get("device")), String.valueOf(brick.get("id"))));

        over(delete("/volumes/" + id));

        get("/volumes/" + id).isText(404, GONE);
        get("/operations").isJson(200, "{\"total\":0,\"in_flight\":0,\"stale\":0,\"failed\":0,\"new\":0}");
        for (String device : new String[] {"$device11", "$device21", "$device31"}) {
            assertThat(get("/devices/" + device).number("storage", "used")).isZero();
        }
        assertThat(look().pictures()).isEqualTo(empty);
    }

    /** What a person would type on the first node. */
    private static List<Command> commands(Damage damage, String volume, String device, String brick) {
        String mountPoint = "/var/lib/heketi/mounts/vg_" + device + "/brick_" + brick;
        Command fstab = MOUNTS.removeFstabEntry("/dev/mapper/vg_" + device + "-brick_" + brick);
        List<Command> commands = new ArrayList<>();
        if (damage != Damage.FSTAB_LINE) {
            commands.add(gluster("stop", volume, "force"));
        }
        switch (damage) {
            case STOPPED -> {}
            case GLUSTER_VOLUME -> commands.add(gluster("delete", volume));
            case MOUNT -> commands.add(typed("umount", mountPoint));
            case FSTAB_LINE -> commands.add(fstab);
            case MOUNT_POINT -> {
                commands.add(typed("umount", mountPoint));
                commands.add(typed("rmdir", mountPoint));
            }
            case LOGICAL_VOLUME -> {
                commands.add(typed("umount", mountPoint));
                commands.add(lvremove("lv_name=brick_" + brick, device));
            }
            case POOL -> {
                commands.add(typed("umount", mountPoint));
                commands.add(lvremove("lv_name=brick_" + brick, device));
                commands.add(lvremove("lv_name=tp_" + brick + " && thin_count=0", device));
            }
            case EVERYTHING -> {
                commands.add(gluster("delete", volume));
                commands.add(typed("umount", mountPoint));
                commands.add(fstab);
                commands.add(typed("rmdir", mountPoint));
                commands.add(lvremove("lv_name=brick_" + brick, device));
                commands.add(lvremove("lv_name=tp_" + brick + " && thin_count=0", device));
            }
        }
        return commands;
    }

    private static Command typed(String... words) {
        return Command.of(DEADLINE, words);
    }

    private static Command gluster(String... words) {
        List<String> all = new ArrayList<>(GLUSTER);
        all.addAll(List.of(words));
        return typed(all.toArray(String[]::new));
    }

    private static Command lvremove(String which, String device) {
        return typed("/usr/sbin/lvm", "lvremove", "-qq", "--autobackup=n", "-f", "-S", which, "vg_" + device);
    }

    private void byHand(List<Command> commands) {
        server.stop();
        stand.inside(nodes -> {
            // not closed: the stand closes the nodes
            SimulatedExecutor shell = new SimulatedExecutor(nodes, pause -> {});
            for (Command command : commands) {
                CommandResult result = shell.ask(new HostName("node1"), command);
                assertThat(result)
                        .as("%s", command)
                        .isInstanceOfSatisfying(
                                CommandResult.Exited.class,
                                exited -> assertThat(exited.status())
                                        .as("%s: %s", command, exited)
                                        .isZero());
            }
            return true;
        });
        server.restart();
    }
}
