package bricklayer.main;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what has been started, last first, unless everything could be started. */
final class Unwinding implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    void done() {
        started.clear();
    }

    @Override
    public void close() {
        for (AutoCloseable part : started) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + part, e);
            }
        }
    }
}
