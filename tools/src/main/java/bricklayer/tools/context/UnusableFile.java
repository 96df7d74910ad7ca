package bricklayer.tools.context;

/** A file of keys or contexts cannot be used; the message says why, and what to do. */
public final class UnusableFile extends RuntimeException {

    public UnusableFile(String message) {
        super(message);
    }
}
