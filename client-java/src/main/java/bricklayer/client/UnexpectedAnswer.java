package bricklayer.client;

import org.jspecify.annotations.Nullable;

/** The server answered something that this API does not have. It may not be a Bricklayer server, or a much newer one. */
public class UnexpectedAnswer extends BricklayerException {

    UnexpectedAnswer(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
