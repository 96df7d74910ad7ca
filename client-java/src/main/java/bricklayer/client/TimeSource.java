package bricklayer.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The client's time: wall time for tokens, monotonic time for deadlines, and waiting. Tests pass one that does not wait. */
public interface TimeSource {

    TimeSource SYSTEM = new TimeSource() {

        private final InstantSource wall = InstantSource.system();

        @Override
        public Instant now() {
            return wall.instant();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis());
        }
    };

    Instant now();

    /** Only differences mean something. */
    long nanoTime();

    void sleep(Duration time) throws InterruptedException;
}
