package bricklayer.operation;

import java.util.concurrent.atomic.AtomicInteger;

/** How far a running operation has come. For people only: recovery looks at the hosts instead. Thread-safe. */
public final class Progress {

    private final AtomicInteger done = new AtomicInteger();
    private volatile int total;
    private volatile String doing = "waiting";

    void begin(int steps, String what) {
        done.set(0);
        total = steps;
        doing = what;
    }

    void stage(String name) {
        doing = name;
    }

    void stepDone() {
        done.incrementAndGet();
    }

    public int stepsDone() {
        return done.get();
    }

    public int stepsTotal() {
        return total;
    }

    /** The stage, or what else is being done. */
    public String doing() {
        return doing;
    }
}
