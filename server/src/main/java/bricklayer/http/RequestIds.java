package bricklayer.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** By what a request is found in the log: the caller's own id when it is short and plain, else a fresh one. Thread-safe. */
final class RequestIds {

    static final String HEADER = "X-Request-ID";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    String of(HttpServletRequest request) {
        String given = request.getHeader(HEADER);
        return given != null && PLAIN.matcher(given).matches() ? given : fresh();
    }

    private String fresh() {
        lock.lock();
        try {
            return HexFormat.of().toHexDigits(random.nextLong());
        } finally {
            lock.unlock();
        }
    }
}
