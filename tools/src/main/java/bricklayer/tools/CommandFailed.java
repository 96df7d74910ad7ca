package bricklayer.tools;

/** A command cannot do what was asked, for a reason on this side of the connection. The message is for the person at the keyboard. */
final class CommandFailed extends RuntimeException {

    CommandFailed(String message) {
        super(message);
    }
}
