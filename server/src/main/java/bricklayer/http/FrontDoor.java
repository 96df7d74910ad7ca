package bricklayer.http;

import bricklayer.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What happens to a request before Javalin sees it, in Heketi's order: id and log, redirect of an unclean path, gates, redirect of a trailing slash,
 * 404 and 405. Javalin would take HEAD for GET, {@code /x/} for {@code /x}, any text for an id, and route before it authenticates; so it is
 * given only requests that have a route, under the plain spelling of their path.
 */
final class FrontDoor extends HttpFilter {

    private static final Logger LOG = LoggerFactory.getLogger("bricklayer.http.requests");
    private static final int SHOWN_PATH_MAX = 200;
    private static final int DRAINED_MAX_BYTES = 256 * 1024;
    private static final String CALLER = "bricklayer.caller";

    private final transient RouteTable routes;
    private final transient List<Gate> gates;
    private final transient RequestIds ids;
    private final transient RequestObserver observer;

    FrontDoor(RouteTable routes, List<Gate> gates, RequestIds ids, RequestObserver observer) {
        this.routes = routes;
        this.gates = List.copyOf(gates);
        this.ids = ids;
        this.observer = observer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain javalin) {
        long beganNs = System.nanoTime();
        String id = ids.of(request);
        response.setHeader(RequestIds.HEADER, id);
        MDC.put("request", id);
        String path = RequestPath.decode(request.getRequestURI());
        RouteTable.Match match = routes.match(request.getMethod(), path);
        try {
            serve(request, response, javalin, path, match);
        } catch (Exception | Error e) { // the last line of defence of a request's thread
            Failures.answer(e, request, response);
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
            observer.answered(request.getMethod(), match.pattern(), response.getStatus(), took);
            log(request, response, match, took);
            drain(request);
            MDC.remove("request");
        }
    }

    private void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain javalin,
            String path,
            RouteTable.Match match)
            throws IOException, ServletException {
        if (match instanceof RouteTable.Match.Found found && found.access() == RouteTable.Access.OPEN) {
            javalin.doFilter(new PlainPath(request, path), response);
            return;
        }
        String clean = RequestPath.clean(path);
        if (!clean.equals(path) && path.startsWith("/")) {
            moved(request, response, clean);
            return;
        }
        Incoming incoming = new Incoming(
                request.getMethod(), path, Optional.ofNullable(request.getHeader("Authorization")), peer(request));
        for (Gate gate : gates) {
            String name = gate.admit(incoming);
            if (!name.isEmpty()) {
                request.setAttribute(CALLER, name);
            }
        }
        route(request, response, javalin, path, match);
    }

    /** Jetty puts brackets around an IPv6 address. */
    private static InetAddress peer(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr().replace("[", "").replace("]", ""));
    }

    private void route(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain javalin,
            String path,
            RouteTable.Match match)
            throws IOException, ServletException {
        switch (match) {
            case RouteTable.Match.Found _ -> javalin.doFilter(new PlainPath(request, path), response);
            case RouteTable.Match.WrongMethod wrong -> throw wrongMethod(response, wrong);
            case RouteTable.Match.Unknown _ -> {
                String shorter = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
                switch (routes.match(request.getMethod(), shorter)) {
                    case RouteTable.Match.Found found
                    when found.access() == RouteTable.Access.GATED -> moved(request, response, shorter);
                    case RouteTable.Match.WrongMethod wrong -> throw wrongMethod(response, wrong);
                    case RouteTable.Match.Found _, RouteTable.Match.Unknown _ ->
                        throw Problem.of(404, "unknown-path", "Invalid path or request");
                }
            }
        }
    }

    private static Problem wrongMethod(HttpServletResponse response, RouteTable.Match.WrongMethod wrong) {
        String allowed = String.join(", ", wrong.allowed());
        response.setHeader("Allow", allowed);
        return Problem.of(405, "wrong-method", "").next("this path takes " + allowed);
    }

    private static void moved(HttpServletRequest request, HttpServletResponse response, String path) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        Answer.redirect(301, RequestPath.encode(path) + query, request.getMethod())
                .send(response);
    }

    /**
     * Reads what is left of the body, up to a bound. A connection closed on unread bytes is reset, and the client may lose the answer with it. A client
     * that waits to be asked for its body is not asked.
     */
    private static void drain(HttpServletRequest request) {
        if (request.getHeader("Expect") != null) {
            return;
        }
        try {
            request.getInputStream().skip(DRAINED_MAX_BYTES);
        } catch (IOException | HttpException.RuntimeException e) {
            LOG.debug("the rest of the body cannot be read", e);
        }
    }

    private static void log(
            HttpServletRequest request, HttpServletResponse response, RouteTable.Match match, Duration took) {
        boolean probe = match instanceof RouteTable.Match.Found found && found.access() == RouteTable.Access.OPEN;
        String raw = request.getRequestURI();
        Object caller = request.getAttribute(CALLER);
        LOG.atLevel(probe ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.INFO)
                .log(
                        "request={} method={} path={} status={} ms={} caller={} peer={}",
                        MDC.get("request"),
                        request.getMethod(),
                        raw.substring(0, Math.min(raw.length(), SHOWN_PATH_MAX)),
                        response.getStatus(),
                        took.toMillis(),
                        caller == null ? "-" : caller,
                        request.getRemoteAddr());
    }

    /**
     * The request under the one spelling of its path that Javalin matches, and without the header by which Javalin would take a GET for a DELETE: the
     * gates have judged, and the token signed, the method that was sent.
     */
    private static final class PlainPath extends HttpServletRequestWrapper {

        private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

        private final String path;

        PlainPath(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(METHOD_OVERRIDE) ? null : super.getHeader(name);
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(path);
        }
    }
}
