package bricklayer.http;

import bricklayer.config.HttpConfig;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;

/**
 * Listens, and serves the routes given. A request runs on a virtual thread of its own from the gates to the answer, so handlers may
 * block.
 */
public final class HttpServer implements AutoCloseable {

    private static final int HEADERS_MAX_BYTES = 16 * 1024;

    private final Javalin javalin;
    private final SortedSet<String> routes;

    private HttpServer(Javalin javalin, SortedSet<String> routes) {
        this.javalin = javalin;
        this.routes = routes;
    }

    /**
     * Returns when the server listens.
     *
     * @param gates asked in this order
     * @throws IllegalStateException when the address is taken or not ours; nothing is left listening
     */
    public static HttpServer start(
            HttpConfig config,
            List<Gate> gates,
            List<Routes> routes,
            RequestObserver observer,
            RandomGenerator random) {
        RouteTable table = new RouteTable();
        FrontDoor door = new FrontDoor(table, gates, new RequestIds(random), observer);
        Javalin javalin = Javalin.create(settings -> {
            quiet(settings);
            settings.concurrency.useVirtualThreads = true;
            settings.appData(Bodies.LIMIT, config.bodyMaxBytes());
            settings.appData(Bodies.DOCUMENT_LIMIT, config.documentMaxBytes());
            settings.jetty.modifyServer(server -> server(server, config));
            settings.jetty.modifyHttpConfiguration(http -> protocol(http, config));
            settings.jetty.addConnector((server, http) -> connector(server, http, config));
            settings.jetty.modifyServletContextHandler(context -> {
                context.getServletHandler().setDecodeAmbiguousURIs(true);
                context.addFilter(new FilterHolder(door), "/*", EnumSet.of(DispatcherType.REQUEST));
            });
            Router router = new Router(settings.routes, table);
            routes.forEach(feature -> feature.mount(router));
        });
        try {
            javalin.start();
        } catch (JavalinException e) {
            String address =
                    config.bindAddress().map(InetAddress::getHostAddress).orElse("all addresses");
            throw new IllegalStateException(
                    "cannot listen on port " + config.port() + " of " + address + ": " + e.getMessage(), e);
        }
        return new HttpServer(javalin, table.all());
    }

    private static void quiet(JavalinConfig settings) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.startup.startupWatcherEnabled = false;
        settings.http.compressionStrategy = CompressionStrategy.NONE;
    }

    private static void server(Server server, HttpConfig config) {
        server.setStopTimeout(config.stopTimeout().toMillis());
        server.setErrorHandler(new JettyErrors());
        if (config.bodyRateMinBytesPerSecond() > 0) {
            server.setHandler(new MinimumDataRateHandler(config.bodyRateMinBytesPerSecond(), 0));
        }
        server.addBean(new NetworkConnectionLimit(config.connectionsMax(), server));
    }

    private static void protocol(HttpConfiguration http, HttpConfig config) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADERS_MAX_BYTES);
        http.setUriCompliance(
                UriCompliance.UNSAFE); // unusual paths are the front door's business, which answers them as Heketi does
        http.setRelativeRedirectAllowed(true);
        config.tls().ifPresent(_ -> http.addCustomizer(new SecureRequestCustomizer(false)));
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, HttpConfig config) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        Optional<SslConnectionFactory> tls =
                config.tls().map(files -> new SslConnectionFactory(Tls.of(files), plain.getProtocol()));
        ServerConnector connector = tls.map(secure -> new ServerConnector(server, secure, plain))
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setPort(config.port());
        config.bindAddress().ifPresent(address -> connector.setHost(address.getHostAddress()));
        connector.setIdleTimeout(config.idleTimeout().toMillis());
        return connector;
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** What is served, each as its method, a blank, and its path, such as {@code GET /volumes/{id}}. */
    public SortedSet<String> routes() {
        return Collections.unmodifiableSortedSet(routes);
    }

    /** Takes no new requests, waits for those in flight up to the configured time, and ends. */
    @Override
    public void close() {
        javalin.stop();
    }
}
