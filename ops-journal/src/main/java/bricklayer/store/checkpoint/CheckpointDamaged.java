package bricklayer.store.checkpoint;

/** A checkpoint file does not verify. The one before it does, one hopes. */
public final class CheckpointDamaged extends Exception {

    CheckpointDamaged(String message) {
        super(message);
    }

    CheckpointDamaged(String message, Throwable cause) {
        super(message, cause);
    }
}
