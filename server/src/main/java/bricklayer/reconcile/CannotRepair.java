package bricklayer.reconcile;

/** A finding that is not repaired by itself. The message says why, and what can be done. */
public final class CannotRepair extends RuntimeException {

    CannotRepair(String why) {
        super(why, null, false, false);
    }
}
