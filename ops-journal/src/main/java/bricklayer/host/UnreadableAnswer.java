package bricklayer.host;

/** A host answered a query with something its parser does not understand. */
public class UnreadableAnswer extends RuntimeException {

    public UnreadableAnswer(String message) {
        super(message);
    }

    public UnreadableAnswer(String message, Throwable cause) {
        super(message, cause);
    }
}
