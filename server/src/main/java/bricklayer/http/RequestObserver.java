package bricklayer.http;

import java.time.Duration;

/** Hears of each request that was answered. Called from many threads; cheap. */
public interface RequestObserver {

    /**
     * One request was answered.
     *
     * @param route the pattern of the path, {@code unknown} for one that is not there: few values, whatever clients send
     */
    void answered(String method, String route, int status, Duration took);
}
