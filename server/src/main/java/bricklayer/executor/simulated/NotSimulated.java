package bricklayer.executor.simulated;

/** A command, or something in it, that the interpreters do not know. Becomes exit status 127. */
final class NotSimulated extends RuntimeException {

    private final String what;

    NotSimulated(String what) {
        super(what, null, false, false);
        this.what = what;
    }

    String what() {
        return what;
    }
}
