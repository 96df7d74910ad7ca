package bricklayer.executor.simulated;

import static bricklayer.executor.simulated.Lab.GUARD;
import static bricklayer.executor.simulated.Lab.N1;
import static bricklayer.executor.simulated.Lab.N2;
import static bricklayer.executor.simulated.Lab.thin;
import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.executor.simulated.CommandFaults.Fault;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.CommandResult.Unknown;
import bricklayer.host.Guard;
import bricklayer.lvm.ThinLvSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Power cuts, lost connections, and commands that go wrong because a test wants it. */
class TroubleTest {

    private static final ThinLvSeen NOTHING = new ThinLvSeen(false, false);
    private static final ThinLvSeen WHOLE = new ThinLvSeen(true, false);
    private static final ThinLvSeen HALF = new ThinLvSeen(false, true);

    private final Lab lab = new Lab().withPool();

    // the machine room

    @Test
    void afterAPowerCutEverythingInFstabComesBack() {
        lab.addVolume("v1");
        String before = lab.nodes.picture(N2);

        lab.nodes.cutPower(N2);
        assertThat(lab.executor.ask(N2, lab.lvm.vgExists(Lab.GROUP).command())).isInstanceOf(NotSent.class);
        assertThat(lab.change(N2, lab.lvm.vgremove(Lab.GROUP))).isInstanceOf(NotSent.class);
        assertThat(lab.executor.settle(N2, GUARD)).isInstanceOf(NotSent.class);
        lab.nodes.returnPower(N2);

        assertThat(lab.nodes.picture(N2)).isEqualTo(before);
        assertThat(lab.refused(N2, 32, lab.mounts.unmount(Lab.mountPoint("v1"))).err())
                .contains("target is busy");
    }

    @Test
    void whatIsNotInFstabIsNotMountedAfterAPowerCut() {
        lab.addBrick(N2, "a");
        lab.run(N2, lab.mounts.removeFstabEntry(Lab.device("a")));

        lab.nodes.cutPower(N2);
        lab.nodes.returnPower(N2);

        assertThat(lab.ask(N2, lab.mounts.mounted(Lab.mountPoint("a")))).isFalse();
        assertThat(lab.ask(N2, lab.mounts.directoryExists(Lab.brickPath("a")))).isFalse();
        assertThat(lab.ask(N2, lab.lvm.thinLv(thin("a")))).isEqualTo(WHOLE);
    }

    @Test
    void fstabOfADeviceThatIsGoneDoesNotKeepTheRestFromMounting() {
        lab.run(N2, lab.mounts.addFstabEntry(Lab.device("gone"), Lab.root()));
        lab.addBrick(N2, "a");

        lab.nodes.cutPower(N2);
        lab.nodes.returnPower(N2);

        assertThat(lab.ask(N2, lab.mounts.mounted(Lab.mountPoint("a")))).isTrue();
    }

    @Test
    void aDisconnectedNodeKeepsWhatItHas() {
        lab.addBrick(N2, "a");
        String before = lab.nodes.picture(N2);

        lab.nodes.disconnect(N2);
        assertThat(lab.change(N2, lab.mounts.unmount(Lab.mountPoint("a")))).isInstanceOf(NotSent.class);
        lab.nodes.reconnect(N2);

        assertThat(lab.nodes.picture(N2)).isEqualTo(before);
    }

    // faults

    private CommandResult lvcreateWith(Fault fault) {
        lab.executor.setFaults((host, guard, command) -> fault);
        CommandResult result = lab.change(N1, lab.lvm.lvcreateThin(thin("a")));
        lab.executor.setFaults(CommandFaults.NONE);
        return result;
    }

    private ThinLvSeen seen() {
        return lab.ask(N1, lab.lvm.thinLv(thin("a")));
    }

    @Test
    void aCommandEndsAsTheFaultSays() {
        assertThat(lvcreateWith(new Fault.Ends(new Exited(5, "", "no")))).isEqualTo(new Exited(5, "", "no"));
        assertThat(seen()).isEqualTo(NOTHING);
        assertThat(lvcreateWith(new Fault.NotSent("why"))).isEqualTo(new NotSent("why"));
        assertThat(seen()).isEqualTo(NOTHING);
        assertThat(lvcreateWith(new Fault.LostBefore("why"))).isEqualTo(new Unknown("why"));
        assertThat(seen()).isEqualTo(NOTHING);
        assertThat(lvcreateWith(new Fault.LostAfter("why"))).isEqualTo(new Unknown("why"));
        assertThat(seen()).isEqualTo(WHOLE);
    }

    @Test
    void anLvcreateThatDiesHalfWayLeavesThePool() {
        assertThat(lvcreateWith(new Fault.LostHalfway("why"))).isEqualTo(new Unknown("why"));

        assertThat(seen()).isEqualTo(HALF);
        lab.run(N1, lab.lvm.lvremoveEmptyPool(thin("a")));
        assertThat(seen()).isEqualTo(NOTHING);
    }

    @Test
    void aCommandLeftRunningTakesEffectWhenItsGuardIsWaitedFor() {
        assertThat(lvcreateWith(new Fault.Straggles("lost"))).isEqualTo(new Unknown("lost"));
        assertThat(seen()).isEqualTo(NOTHING);
        assertThat(lab.executor.settle(N1, new Guard("another"))).isEqualTo(new Exited(0, "", ""));
        assertThat(seen()).isEqualTo(NOTHING);
        assertThat(lab.executor.stragglers()).isEqualTo(1);

        assertThat(lab.executor.settle(N1, GUARD)).isEqualTo(new Exited(0, "", ""));

        assertThat(seen()).isEqualTo(WHOLE);
        assertThat(lab.executor.stragglers()).isZero();
    }

    @Test
    void aPowerCutEndsWhatWasLeftRunning() {
        lvcreateWith(new Fault.Straggles("lost"));

        lab.nodes.cutPower(N1);
        lab.nodes.returnPower(N1);

        assertThat(lab.executor.settle(N1, GUARD)).isEqualTo(new Exited(0, "", ""));
        assertThat(seen()).isEqualTo(NOTHING);
    }

    @Test
    void faultsSeeEachChangeAndNoQuestion() {
        List<String> told = new ArrayList<>();
        lab.executor.setFaults((host, guard, command) -> {
            told.add(host + " " + guard.value() + " " + command.argv().getFirst());
            return Fault.NONE;
        });

        lab.run(N1, lab.mounts.mkdir("/srv/x"));
        lab.ask(N1, lab.mounts.directoryExists("/srv/x"));

        assertThat(told).containsExactly("n1 op1.lane1 mkdir");
    }

    @Test
    void eachCommandTakesAsLongAsTheSettingsSay() {
        List<Duration> waited = new ArrayList<>();
        Duration delay = Duration.ofMillis(7);
        try (SimulatedExecutor slow =
                new SimulatedExecutor(SimulatedNodes.inMemory(new SimulatedSettings(Lab.GIB, delay)), waited::add)) {
            Command test = lab.mounts.directoryExists("/srv").command();
            slow.ask(N1, test);
            slow.change(N1, GUARD, test);
        }

        assertThat(waited).containsExactly(delay, delay);
    }
}
