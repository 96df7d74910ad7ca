package bricklayer.client;

import org.jspecify.annotations.Nullable;

/** Something the client was asked to do did not happen, or may not have happened; the subclass says which. */
public abstract class BricklayerException extends RuntimeException {

    BricklayerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
