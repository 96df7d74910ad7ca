package bricklayer.operation;

import bricklayer.fault.Crash;
import bricklayer.fault.FaultPoint;
import bricklayer.fault.Faults;
import java.util.ArrayList;
import java.util.List;

/** Makes the n-th fault point that is reached go wrong. After a crash the process is dead: every further point throws, too. */
public final class NthFault implements Faults {

    /** What goes wrong. */
    public enum How {
        CRASH,
        ERROR
    }

    /** What an {@link How#ERROR} throws: a failure that says nothing about whether the work was done. */
    public static final class Injected extends RuntimeException {
        Injected(FaultPoint point) {
            super("injected at " + point);
        }
    }

    private final How how;
    private final int n;
    private final List<FaultPoint> reached = new ArrayList<>();
    private boolean dead;

    public NthFault(How how, int n) {
        this.how = how;
        this.n = n;
    }

    /** Counts points and lets everything go well. */
    public static NthFault none() {
        return new NthFault(How.ERROR, Integer.MAX_VALUE);
    }

    @Override
    public synchronized void reach(FaultPoint point) {
        if (dead) {
            throw new Crash(point);
        }
        reached.add(point);
        if (reached.size() == n) {
            if (how == How.CRASH) {
                dead = true;
                throw new Crash(point);
            }
            throw new Injected(point);
        }
    }

    /** Whether there was an n-th point. */
    public synchronized boolean happened() {
        return reached.size() >= n;
    }

    public synchronized List<FaultPoint> reached() {
        return List.copyOf(reached);
    }

    @Override
    public synchronized String toString() {
        return how + " at point " + n + (happened() ? " (" + reached.get(n - 1) + ")" : "");
    }
}
