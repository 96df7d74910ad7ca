package bricklayer.http.auth;

/** Durations of whole seconds as Go prints them: {@code 10s}, {@code 1m40s}, {@code 1h0m0s}. */
final class GoDuration {

    /** What Go's 64 bits of nanoseconds can hold. */
    private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000L;

    private GoDuration() {}

    static String ofSeconds(long seconds) {
        if (seconds > SECONDS_MAX) {
            return "2562047h47m16.854775807s";
        }
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        if (hours > 0) {
            return hours + "h" + minutes + "m" + seconds % 60 + "s";
        }
        return minutes > 0 ? minutes + "m" + seconds % 60 + "s" : seconds % 60 + "s";
    }
}
