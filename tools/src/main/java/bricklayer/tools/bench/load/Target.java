package bricklayer.tools.bench.load;

import bricklayer.client.Credentials;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which server is asked, and by whom. Thread-safe. */
public final class Target {

    /** A token is good for five minutes. */
    private static final Duration TOKEN_KEPT = Duration.ofMinutes(1);

    private static final int TOKENS_MAX = 64;

    private record Token(String text, Instant made) {}

    private final String host;
    private final int port;
    private final Optional<Credentials> credentials;
    private final ConcurrentHashMap<String, Token> kept = new ConcurrentHashMap<>();

    /**
     * @param url with {@code http}; a path in it is ignored
     * @param credentials empty when the server asks nobody who he is
     */
    public Target(URI url, Optional<Credentials> credentials) {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new LoadFailed("cannot put load on " + url + ": only http://HOST:PORT can be measured");
        }
        this.host = url.getHost();
        this.port = url.getPort() < 0 ? 80 : url.getPort();
        this.credentials = credentials;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** For one request. Those for paths that come again and again are kept, for making them costs more than sending the request. */
    Optional<String> token(String method, String path) {
        return credentials.map(who -> {
            int query = path.indexOf('?');
            String bare = query < 0 ? path : path.substring(0, query);
            Instant now = Clock.systemUTC().instant();
            if (bare.chars().filter(c -> c == '/').count() > 1) {
                return who.token(method, bare, now);
            }
            if (kept.size() > TOKENS_MAX) {
                kept.clear();
            }
            return kept.compute(
                            method + bare,
                            (key, old) ->
                                    old != null && old.made().plus(TOKEN_KEPT).isAfter(now)
                                            ? old
                                            : new Token(who.token(method, bare, now), now))
                    .text();
        });
    }
}
