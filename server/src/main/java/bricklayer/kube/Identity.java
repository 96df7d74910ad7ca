package bricklayer.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor.RequestTags;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who we are, in the words of a request's headers: what the client library says in its own requests, with a token that is read again as it ages. */
final class Identity {

    private static final int UNAUTHORIZED = 401;

    private final TokenRefreshInterceptor tokens;
    private final HttpRequest anyRequest;

    /**
     * @param anyRequest the headers are the same for all
     */
    Identity(Config config, HttpClient.Factory factory, HttpRequest anyRequest, InstantSource clock) {
        this.tokens = new TokenRefreshInterceptor(config, factory, clock.instant());
        this.anyRequest = anyRequest;
    }

    Map<String, String> headers() {
        Headers headers = new Headers(new TreeMap<>());
        tokens.before(headers, anyRequest, NoTags.INSTANCE);
        return headers.said();
    }

    /** After a 401: whether a token was read anew, so that another attempt makes sense. */
    boolean renewed() {
        return Boolean.TRUE.equals(tokens.afterFailure(
                        new Headers(new TreeMap<>()),
                        new WebSocketUpgradeResponse(anyRequest, UNAUTHORIZED),
                        NoTags.INSTANCE)
                .join());
    }

    private enum NoTags implements RequestTags {
        INSTANCE;

        @Override
        @SuppressWarnings("NullAway") // the library takes it for "none"
        public <T> @Nullable T getTag(Class<T> type) {
            return null;
        }
    }

    private record Headers(Map<String, String> said) implements BasicBuilder {
        @Override
        public BasicBuilder uri(URI uri) {
            return this;
        }

        @Override
        public BasicBuilder header(String name, String value) {
            said.put(name, value);
            return this;
        }

        @Override
        public BasicBuilder setHeader(String name, String value) {
            said.put(name, value);
            return this;
        }
    }
}
