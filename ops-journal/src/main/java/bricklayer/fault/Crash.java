package bricklayer.fault;

/** Stands for the death of the process at this line. An error, and nothing in the engine catches it: after it no more work is done. */
public class Crash extends Error {

    public Crash(FaultPoint point) {
        super("crash at " + point);
    }
}
