package bricklayer.operation;

/** An operation cannot be resumed, undone or abandoned as it stands. Nothing was changed. */
public final class CannotSteer extends RuntimeException {

    CannotSteer(String text) {
        super(text, null, false, false);
    }
}
