package bricklayer.store.codec;

/** Stored bytes are not a row that this version can read. The message says why, in words for a person. */
public final class UndecodableRow extends RuntimeException {

    UndecodableRow(String message) {
        super(message);
    }

    UndecodableRow(String message, Throwable cause) {
        super(message, cause);
    }
}
