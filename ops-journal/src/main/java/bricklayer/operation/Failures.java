package bricklayer.operation;

import org.jspecify.annotations.Nullable;

/** Collects what several tasks threw: the first is thrown in the end, the others suppressed in it; an error goes before an exception. */
public final class Failures {

    private @Nullable Throwable first;

    @SuppressWarnings("ReferenceEquality") // the very same failure cannot be suppressed in itself
    public void collect(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            if (first == null) {
                first = e;
            } else if (e instanceof Error && !(first instanceof Error)) {
                e.addSuppressed(first);
                first = e;
            } else if (first != e) {
                first.addSuppressed(e);
            }
        }
    }

    public void throwFirst() {
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
