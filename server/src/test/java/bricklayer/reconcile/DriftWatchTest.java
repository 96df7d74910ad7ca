package bricklayer.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.inventory.NodeId;
import bricklayer.operation.OperationId;
import bricklayer.operation.Request;
import bricklayer.operation.Threads;
import bricklayer.reconcile.DriftReport.Aged;
import bricklayer.reconcile.DriftReport.Gap;
import bricklayer.reconcile.Reconciler.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nobody asks; the clock does. */
class DriftWatchTest {

    private final DriftWorld world = new DriftWorld();
    private final Standing standing = new Standing(world.reconciler, world.operations::find);
    private final Instant start = world.now;

    /** Each pause lets a minute pass; after so many the thread is ended. */
    private final class Minutes implements Threads {

        private int left;

        Minutes(int left) {
            this.left = left;
        }

        @Override
        public void all(List<Runnable> tasks) {
            tasks.forEach(Runnable::run);
        }

        @Override
        public void start(String name, Runnable task) {
            task.run();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            if (left-- == 0) {
                throw new InterruptedException();
            }
            world.now = world.now.plus(Duration.ofMinutes(1));
        }
    }

    private DriftWatch after(int minutes, Optional<Duration> period) {
        DriftWatch watch = new DriftWatch(world.reconciler, standing, period, new Minutes(minutes), () -> world.now);
        watch.start();
        assertThat(Thread.interrupted()).isEqualTo(period.isPresent());
        return watch;
    }

    @Test
    void comparesTenMinutesAfterTheStartAndThenOnceAPeriod() {
        after(9, Optional.of(Duration.ofHours(1)));
        assertThat(world.reconciler.last()).isEmpty();

        world.now = start;
        DriftWatch watch = after(10, Optional.of(Duration.ofHours(1)));
        assertThat(world.reconciler.last().orElseThrow().began()).isEqualTo(start.plus(Duration.ofMinutes(10)));
        assertThat(watch.next()).contains(start.plus(Duration.ofMinutes(70)));

        world.now = start;
        after(75, Optional.of(Duration.ofHours(1)));
        assertThat(world.reconciler.last().orElseThrow().began()).isEqualTo(start.plus(Duration.ofMinutes(70)));
    }

    @Test
    void aShortPeriodIsTheFirstPauseToo() {
        after(2, Optional.of(Duration.ofMinutes(2)));

        assertThat(world.reconciler.last().orElseThrow().began()).isEqualTo(start.plus(Duration.ofMinutes(2)));
    }

    @Test
    void comparesNothingWhenSwitchedOff() {
        DriftWatch watch = after(1000, Optional.empty());

        assertThat(watch.next()).isEmpty();
        assertThat(world.reconciler.last()).isEmpty();
    }

    @Test
    void waitsForAComparisonThatSomebodyAskedFor() {
        List<Optional<Instant>> seen = new ArrayList<>();
        world.reconciler.run(Scope.ALL, new Reconciler.Listener() {
            @Override
            public void looked(NodeId node, int done, int of, String trouble) {
                if (done == 1) {
                    after(20, Optional.of(Duration.ofMinutes(5)));
                    seen.add(world.reconciler.last().map(DriftReport::began));
                }
            }

            @Override
            public void found(Aged finding) {}

            @Override
            public void unknown(Gap gap) {}
        });

        assertThat(seen).containsExactly(Optional.empty());
    }

    @Test
    void tellsPeopleUntilItIsRepaired() {
        world.does(world.mounts.removeFstabEntry(world.brickDevice()));
        DriftWatch watch = after(10, Optional.of(Duration.ofHours(1)));
        assertThat(watch.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).contains("1 fstab-missing").contains("as of 2026-11-21T12:10:00Z");
            assertThat(finding.next()).contains("admin diff");
        });

        Aged found = world.reconciler.last().orElseThrow().findings().getFirst();
        OperationId repair = world.operations.submit(
                Request.UNCOUNTED, (rows, attempt) -> world.repairs.plan(rows, found.finding(), false));
        standing.repairing(found, repair);

        assertThat(watch.findings()).isEmpty();
        assertThat(standing.counts()).isEmpty();
        world.does(world.mounts.removeFstabEntry(world.brickDevice()));
        world.look();
        assertThat(standing.counts()).containsExactly(java.util.Map.entry("fstab-missing", 1));
    }
}
