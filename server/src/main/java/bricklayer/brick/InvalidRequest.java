package bricklayer.brick;

/** A value of a request breaks a rule. The message is the text that the caller reads. */
public final class InvalidRequest extends RuntimeException {

    public InvalidRequest(String textForTheCaller) {
        super(textForTheCaller);
    }
}
