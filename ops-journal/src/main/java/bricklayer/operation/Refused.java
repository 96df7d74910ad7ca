package bricklayer.operation;

/** An operation that must not be done. The message is the whole answer for its caller; another try would hear the same. */
public class Refused extends RuntimeException {

    public Refused(String text) {
        super(text, null, false, false);
    }
}
