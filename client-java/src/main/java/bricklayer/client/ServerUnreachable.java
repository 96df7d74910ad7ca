package bricklayer.client;

import org.jspecify.annotations.Nullable;

/** There was no connection, or nothing but reading was asked for and no answer came. Nothing has changed on the server. */
public class ServerUnreachable extends BricklayerException {

    ServerUnreachable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
