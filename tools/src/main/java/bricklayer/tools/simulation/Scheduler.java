package bricklayer.tools.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time, and the one place where it is decided what runs next: among all that could run, chance draws; time goes on only when nothing can. All of it happens in the thread that calls
 * {@link #step}.
 */
final class Scheduler {

    private static final Instant BEGINNING = Instant.parse("2026-11-21T12:00:00Z");

    private final SplittableRandom random;
    private final Thread owner = Thread.currentThread();
    private final List<Turn> ready = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long nowNs;
    private long skewNs;
    private long timersSet;
    private long turns;

    private record Turn(ServerProcess process, Runnable work) {}

    private record Timer(long atNs, long number, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(number, other.number);
        }
    }

    Scheduler(SplittableRandom random) {
        this.random = random;
    }

    /** Time since the beginning, which no clock jump touches. */
    Duration elapsed() {
        return Duration.ofNanos(nowNs);
    }

    /** What the server's clock shows. */
    Instant clock() {
        return BEGINNING.plusNanos(nowNs + skewNs);
    }

    /** Sets the server's clock forward or back; nothing that waits notices. */
    void jump(Duration by) {
        skewNs += by.toNanos();
    }

    /** How often something ran. */
    long turns() {
        return turns;
    }

    void ready(ServerProcess process, Runnable work) {
        if (!Thread.currentThread().equals(owner) && !Thread.currentThread().isVirtual()) {
            throw new IllegalStateException(
                    "work for the simulation came from " + Thread.currentThread() + ", so this run cannot be repeated");
        }
        ready.add(new Turn(process, work));
    }

    /** Does something later, beside all processes: on a node, or in the world. */
    void after(Duration delay, Runnable action) {
        timers.add(new Timer(nowNs + Math.max(0, delay.toNanos()), timersSet++, action));
    }

    /** One turn, or the next thing in time, if that is not later than this. False when there is none: then it is as late as this. */
    boolean stepUntil(Duration end) {
        Timer next = timers.peek();
        if (ready.isEmpty() && (next == null || next.atNs() > end.toNanos())) {
            nowNs = Math.max(nowNs, end.toNanos());
            return false;
        }
        return step();
    }

    /** One turn of one thread, or the next thing in time. False when nothing will ever happen any more. */
    boolean step() {
        while (!ready.isEmpty()) {
            int drawn = ready.size() == 1 ? 0 : random.nextInt(ready.size());
            Turn turn = ready.get(drawn);
            Turn last = ready.removeLast();
            if (drawn < ready.size()) {
                ready.set(drawn, last);
            }
            if (turn.process().isAlive()) {
                turns++;
                turn.work().run();
                return true;
            }
        }
        Timer next = timers.poll();
        if (next == null) {
            return false;
        }
        nowNs = Math.max(nowNs, next.atNs());
        turns++;
        next.action().run();
        return true;
    }
}
