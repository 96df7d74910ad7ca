package bricklayer.tools.simulation;

/** A promise was not kept. */
final class Violation extends RuntimeException {

    private final String promise;

    /** @param promise which, in a few words that are the same whatever the run */
    Violation(String promise, String detail) {
        super(promise + ": " + detail);
        this.promise = promise;
    }

    String promise() {
        return promise;
    }
}
