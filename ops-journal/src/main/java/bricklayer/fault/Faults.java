package bricklayer.fault;

/** Decides at each fault point what goes wrong there. The inactive form is {@link #NONE}. */
@FunctionalInterface
public interface Faults {

    Faults NONE = point -> {};

    /**
     * Called when a point is reached. Returns when nothing goes wrong, throws what goes wrong: a {@link Crash} stands for the end of
     * the process, any other exception for a failure of what the point names.
     */
    void reach(FaultPoint point);
}
