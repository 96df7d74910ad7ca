package bricklayer.tools.bench.load;

/** A server did not do what it was asked, so that nothing can be measured. */
public final class LoadFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    public LoadFailed(String message) {
        super(message);
    }

    public LoadFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
