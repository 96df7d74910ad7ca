package bricklayer.identity;

/** What was found on a node was not written by this program, or somebody has changed it since. The message says what is wrong. */
public final class UnreadableIdentity extends RuntimeException {

    UnreadableIdentity(String message) {
        super(message);
    }
}
