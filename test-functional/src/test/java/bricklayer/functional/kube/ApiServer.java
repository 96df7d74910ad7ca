package bricklayer.functional.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** Serves what a namespace's user of Kubernetes needs. Whoever comes must bring the token. */
public final class ApiServer implements AutoCloseable {

    private static final Pattern COLLECTION = Pattern.compile("/api/v1/namespaces/([^/]+)/([a-z]+)");
    private static final Pattern OBJECT = Pattern.compile("/api/v1/namespaces/([^/]+)/([a-z]+)/([^/]+)");
    private static final Pattern EXEC = Pattern.compile("/api/v1/namespaces/([^/]+)/pods/([^/]+)/exec");

    /** What a real one takes. */
    private static final Pattern LABEL_OR_NAME = Pattern.compile("[a-z0-9A-Z]([-a-z0-9A-Z_.]{0,61}[a-z0-9A-Z])?");

    private static final int HEADER_MAX = 1 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Resources resources = new Resources(json);
    private final Backend backend;
    private final Optional<Certificates> certificates;
    private final int port;
    private final List<Trouble> troubles = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Session> sessions = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger running = new AtomicInteger();
    private volatile String token = "token-1";
    private volatile @Nullable String protocolMax = null;
    private Server server;

    private ApiServer(Backend backend, int port, Optional<Certificates> certificates) {
        this.backend = backend;
        this.certificates = certificates;
        this.server = serve(port);
        this.port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    public static ApiServer start(Backend backend) {
        return new ApiServer(backend, 0, Optional.empty());
    }

    /** Over TLS; a client certificate of the same authority is taken like the token. */
    static ApiServer startTls(Backend backend, Certificates certificates) {
        return new ApiServer(backend, 0, Optional.of(certificates));
    }

    private Server serve(int wantedPort) {
        QueuedThreadPool threads = new QueuedThreadPool(64, 4);
        threads.setName("api server");
        threads.setDaemon(true);
        Server made = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        // commands travel in the request line; Go's limit for it and all headers together
        http.setRequestHeaderSize(HEADER_MAX);
        ServerConnector connector = certificates
                .map(known -> {
                    http.addCustomizer(new SecureRequestCustomizer(false));
                    return new ServerConnector(made, known.forServer(), new HttpConnectionFactory(http));
                })
                .orElseGet(() -> new ServerConnector(made, new HttpConnectionFactory(http)));
        connector.setHost("127.0.0.1");
        connector.setPort(wantedPort);
        made.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(new Front()), "/*");
        JettyWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> container.setIdleTimeout(Duration.ofHours(1)));
        made.setHandler(context);
        try {
            made.start();
        } catch (Exception e) {
            throw new IllegalStateException("the API server of the tests does not start", e);
        }
        return made;
    }

    public int port() {
        return port;
    }

    Resources resources() {
        return resources;
    }

    /** So many commands run. */
    int running() {
        return running.get();
    }

    /** Method, path and query of each request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** From now on only this one is taken. */
    void setToken(String newToken) {
        token = newToken;
    }

    /** As an older one: it speaks no later version of the protocol of commands. */
    void speakAtMost(String protocol) {
        protocolMax = protocol;
    }

    /** For the next request that it is meant for. */
    void add(Trouble trouble) {
        troubles.add(trouble);
    }

    /** Whether something is still to go wrong. */
    boolean hasTroubles() {
        return !troubles.isEmpty();
    }

    /** All connections end, at once. */
    void dropConnections() {
        List.copyOf(sessions).forEach(Session::disconnect);
        sessions.clear();
    }

    /** It is not there any more; {@link #restart} brings it back, with all that it remembers. */
    void stop() {
        dropConnections();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the API server of the tests does not stop", e);
        }
    }

    void restart() {
        server = serve(port);
    }

    @Override
    public void close() {
        stop();
    }

    /** Writes what a client needs to come here. */
    public Path kubeconfig(Path file, String namespace) {
        return kubeconfig(file, namespace, token);
    }

    Path kubeconfig(Path file, String namespace, String withToken) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    clusters: [ { name: test, cluster: { server: "%s" } } ]
                    contexts: [ { name: test, context: { cluster: test, user: test, namespace: "%s" } } ]
                    users: [ { name: test, user: { token: "%s" } } ]
                    """.formatted(url(), namespace, withToken));
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    /**
     * Puts a running gluster pod there, or replaces the one of that name.
     *
     * @param labels more than none
     * @param run tells one run of its container from another
     */
    public void putPod(
            String namespace, String name, String node, String address, Map<String, String> labels, int run) {
        ObjectNode pod = resources.object().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode meta = pod.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode set = meta.putObject("labels");
        labels.forEach(set::put);
        pod.putObject("spec")
                .put("nodeName", node)
                .put("hostNetwork", true)
                .putArray("containers")
                .addObject()
                .put("name", "glusterfs")
                .put("image", "gluster/gluster-centos");
        ObjectNode status = pod.putObject("status")
                .put("phase", "Running")
                .put("hostIP", address)
                .put("podIP", address);
        ObjectNode container = status.putArray("containerStatuses").addObject();
        container
                .put("name", "glusterfs")
                .put("ready", true)
                .put("restartCount", run)
                .put("image", "gluster/gluster-centos")
                .put("imageID", "")
                .put("containerID", "containerd://" + name + "-" + run);
        container.putObject("state").putObject("running").put("startedAt", "2026-11-21T00:00:00Z");
        put("pods", namespace, pod);
    }

    ObjectNode put(String kind, String namespace, ObjectNode object) {
        try {
            return resources.put(kind, namespace, object);
        } catch (Resources.Conflict e) {
            throw new IllegalStateException("tests name no version", e);
        }
    }

    /** Somebody deletes it. */
    public void delete(String kind, String namespace, String name) {
        if (resources.delete(kind, namespace, name).isEmpty()) {
            throw new IllegalStateException("there are no " + kind + " " + namespace + "/" + name);
        }
    }

    /** Sorted; empty without such endpoints. */
    public Optional<List<String>> addresses(String namespace, String name) {
        return resources
                .get("endpoints", namespace, name)
                .map(endpoints -> endpoints
                        .path("subsets")
                        .valueStream()
                        .flatMap(subset -> subset.path("addresses").valueStream())
                        .map(address -> address.path("ip").asText())
                        .sorted()
                        .toList());
    }

    /** Somebody changes the endpoints. */
    public void setAddresses(String namespace, String name, List<String> addresses) {
        ObjectNode endpoints = resources.get("endpoints", namespace, name).orElseThrow();
        ArrayNode list = endpoints.putArray("subsets").addObject().putArray("addresses");
        addresses.forEach(address -> list.addObject().put("ip", address));
        put("endpoints", namespace, endpoints);
    }

    /** Of the service of that name; empty without. */
    public Optional<String> clusterIp(String namespace, String name) {
        return resources
                .get("services", namespace, name)
                .map(service -> service.path("spec").path("clusterIP").asText());
    }

    /** Somebody made a service of that name for himself. */
    public void putForeignService(String namespace, String name) {
        ObjectNode service = resources.object().put("apiVersion", "v1").put("kind", "Service");
        service.putObject("metadata").put("name", name);
        service.putObject("spec").put("clusterIP", "10.96.0.7");
        put("services", namespace, service);
    }

    void deletePod(String namespace, String name) {
        delete("pods", namespace, name);
    }

    private Optional<Trouble> troubleFor(String request) {
        synchronized (troubles) {
            Optional<Trouble> found = troubles.stream()
                    .filter(trouble -> trouble.meant().test(request))
                    .findFirst();
            found.ifPresent(troubles::remove);
            return found;
        }
    }

    private final class Front extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String path = request.getRequestURI();
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            String line = request.getMethod() + " " + path + query;
            requests.add(line);
            Optional<Trouble> trouble = troubleFor(line);
            if (trouble.isPresent() && trouble.get().status() != 0) {
                refuse(response, trouble.get());
            } else if (!("Bearer " + token).equals(request.getHeader("Authorization"))
                    && request.getAttribute("jakarta.servlet.request.X509Certificate") == null) {
                refuse(response, 401, "Unauthorized", "Unauthorized");
            } else if (EXEC.matcher(path).matches()) {
                exec(request, response, trouble.map(Trouble::kind).orElse(null));
            } else if (COLLECTION.matcher(path).matches()) {
                collection(request, response);
            } else if (OBJECT.matcher(path).matches()) {
                object(request, response);
            } else {
                refuse(response, 404, "NotFound", "the server could not find the requested resource");
            }
        }

        private void refuse(HttpServletResponse response, Trouble trouble) throws IOException {
            trouble.retryAfter().ifPresent(seconds -> response.setHeader("Retry-After", "" + seconds));
            if (trouble.kind() == Trouble.Kind.FOREIGN_STATUS) {
                response.setStatus(trouble.status());
                response.getOutputStream().print("<html><body>" + trouble.message() + "</body></html>");
            } else {
                refuse(response, trouble.status(), "ForATest", trouble.message());
            }
        }

        private void refuse(HttpServletResponse response, int status, String reason, String message)
                throws IOException {
            answer(
                    response,
                    status,
                    json.createObjectNode()
                            .put("kind", "Status")
                            .put("apiVersion", "v1")
                            .put("status", "Failure")
                            .put("message", message)
                            .put("reason", reason)
                            .put("code", status));
        }

        private void answer(HttpServletResponse response, int status, ObjectNode body) throws IOException {
            byte[] bytes = json.writeValueAsBytes(body);
            response.setStatus(status);
            response.setContentType("application/json");
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }

        private void exec(HttpServletRequest request, HttpServletResponse response, Trouble.@Nullable Kind trouble)
                throws IOException {
            Matcher path = EXEC.matcher(request.getRequestURI());
            if (!path.matches()) {
                throw new IllegalStateException("it matched before");
            }
            String pod = path.group(2);
            Optional<ObjectNode> there = resources.get("pods", path.group(1), pod);
            if (there.isEmpty()) {
                refuse(response, 404, "NotFound", "pods \"" + pod + "\" not found");
                return;
            }
            String container = String.valueOf(request.getParameter("container"));
            boolean known = there.get()
                    .path("spec")
                    .path("containers")
                    .valueStream()
                    .anyMatch(one -> one.path("name").asText().equals(container));
            if (!known) {
                refuse(response, 400, "BadRequest", "container " + container + " is not valid for pod " + pod);
                return;
            }
            if (!backend.reaches(pod)) {
                String address = there.get().path("status").path("hostIP").asText();
                refuse(
                        response,
                        500,
                        "InternalError",
                        "error dialing backend: dial tcp " + address + ":10250: connect: no route to host");
                return;
            }
            List<String> argv = List.of(request.getParameterValues("command"));
            if (trouble == Trouble.Kind.DROPPED_BEFORE_ANSWER) {
                begin(pod, argv);
                org.eclipse.jetty.ee10.servlet.ServletContextRequest.getServletContextRequest(request)
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .close();
                return;
            }
            List<String> offered = List.of(Optional.ofNullable(request.getHeader("Sec-WebSocket-Protocol"))
                    .orElse("")
                    .split(",\\s*"));
            Optional<String> chosen = trouble == Trouble.Kind.OTHER_PROTOCOL
                    ? Optional.of("channel.k8s.io")
                    : offered.stream()
                            .filter(List.of("v5.channel.k8s.io", "v4.channel.k8s.io")::contains)
                            .filter(one -> protocolMax == null || one.compareTo(protocolMax) <= 0)
                            .findFirst();
            if (chosen.isEmpty()) {
                refuse(response, 403, "Forbidden", "none of the protocols " + offered + " is spoken");
                return;
            }
            upgrade(request, response, chosen, new ExecSession(backend, pod, argv, trouble, running));
        }

        private void begin(String pod, List<String> argv) {
            Thread.startVirtualThread(() -> {
                try {
                    backend.run(
                            pod,
                            argv,
                            java.io.OutputStream.nullOutputStream(),
                            java.io.OutputStream.nullOutputStream());
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException("nobody hears of it", e);
                }
            });
        }

        private void upgrade(
                HttpServletRequest request, HttpServletResponse response, Optional<String> protocol, Object endpoint)
                throws IOException {
            boolean done = JettyWebSocketServerContainer.getContainer(getServletContext())
                    .upgrade(
                            (asked, answered) -> {
                                protocol.ifPresent(chosen -> {
                                    if (asked.getSubProtocols().contains(chosen)) {
                                        answered.setAcceptedSubProtocol(chosen);
                                    }
                                });
                                return endpoint;
                            },
                            request,
                            response);
            if (!done && !response.isCommitted()) {
                refuse(
                        response,
                        400,
                        "BadRequest",
                        "you must specify at least 1 of stdin, stdout, stderr, and upgrade");
            }
        }

        private void collection(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Matcher path = COLLECTION.matcher(request.getRequestURI());
            if (!path.matches()) {
                throw new IllegalStateException("it matched before");
            }
            String namespace = path.group(1);
            String kind = path.group(2);
            if (request.getMethod().equals("POST")) {
                ObjectNode object = (ObjectNode) json.readTree(request.getInputStream());
                String name = object.path("metadata").path("name").asText();
                if (!LABEL_OR_NAME.matcher(name).matches() || !labelsAreValid(object)) {
                    refuse(
                            response,
                            422,
                            "Invalid",
                            kind + " \"" + name + "\" is invalid: a name or a label is no such");
                } else if (resources.get(kind, namespace, name).isPresent()) {
                    refuse(response, 409, "AlreadyExists", kind + " \"" + name + "\" already exists");
                } else {
                    answer(response, 201, put(kind, namespace, object));
                }
                return;
            }
            Predicate<ObjectNode> wanted = selection(
                    Optional.ofNullable(request.getParameter("labelSelector")).orElse(""));
            if ("true".equals(request.getParameter("watch"))) {
                long since = Long.parseLong(Optional.ofNullable(request.getParameter("resourceVersion"))
                        .filter(version -> !version.isEmpty())
                        .orElse("" + resources.version()));
                upgrade(request, response, Optional.empty(), new WatchSession(kind, namespace, since, wanted));
                return;
            }
            ObjectNode list = json.createObjectNode().put("kind", "List").put("apiVersion", "v1");
            list.putObject("metadata").put("resourceVersion", "" + resources.version());
            ArrayNode items = list.putArray("items");
            resources.list(kind, namespace, wanted).forEach(items::add);
            answer(response, 200, list);
        }

        private void object(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Matcher path = OBJECT.matcher(request.getRequestURI());
            if (!path.matches()) {
                throw new IllegalStateException("it matched before");
            }
            String namespace = path.group(1);
            String kind = path.group(2);
            String name = path.group(3);
            Optional<ObjectNode> there = resources.get(kind, namespace, name);
            if (there.isEmpty()) {
                refuse(response, 404, "NotFound", kind + " \"" + name + "\" not found");
                return;
            }
            switch (request.getMethod()) {
                case "GET" -> answer(response, 200, there.get());
                case "PUT" -> {
                    try {
                        answer(response, 200, resources.put(kind, namespace, (ObjectNode)
                                json.readTree(request.getInputStream())));
                    } catch (Resources.Conflict e) {
                        refuse(
                                response,
                                409,
                                "Conflict",
                                "the object has been modified; please apply your changes to"
                                        + " the latest version and try again");
                    }
                }
                case "DELETE" ->
                    answer(
                            response,
                            200,
                            resources.delete(kind, namespace, name).orElseThrow());
                default -> refuse(response, 405, "MethodNotAllowed", "the server does not allow this method");
            }
        }

        private boolean labelsAreValid(ObjectNode object) {
            return object.path("metadata")
                    .path("labels")
                    .valueStream()
                    .allMatch(value -> LABEL_OR_NAME.matcher(value.asText()).matches());
        }

        private Predicate<ObjectNode> selection(String selector) {
            if (selector.isEmpty()) {
                return object -> true;
            }
            return List.of(selector.split(",")).stream()
                    .map(this::requirement)
                    .reduce(Predicate::and)
                    .orElseThrow();
        }

        private Predicate<ObjectNode> requirement(String text) {
            String[] pair = text.split("=+", 2);
            return object -> {
                var label = object.path("metadata").path("labels").path(pair[0]);
                return pair.length == 1
                        ? !label.isMissingNode()
                        : label.asText().equals(pair[1]);
            };
        }
    }

    /** Tells what changes, one text a change. */
    public final class WatchSession extends Session.Listener.AbstractAutoDemanding {

        private final String kind;
        private final String namespace;
        private final long since;
        private final Predicate<ObjectNode> wanted;
        private Runnable end = () -> {};

        WatchSession(String kind, String namespace, long since, Predicate<ObjectNode> wanted) {
            this.kind = kind;
            this.namespace = namespace;
            this.since = since;
            this.wanted = wanted;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            sessions.add(session);
            try {
                end = resources.watch(kind, namespace, since, wanted, event -> {
                    ObjectNode text = json.createObjectNode().put("type", event.type());
                    text.set("object", event.object());
                    session.sendText(text.toString(), Callback.NOOP);
                });
            } catch (Resources.Gone e) {
                session.sendText(
                        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                                + "\"message\":\"too old resource version\",\"reason\":\"Expired\",\"code\":410}}",
                        Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketClose(int status, String reason, Callback callback) {
            end.run();
            sessions.remove(getSession());
            callback.succeed();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            end.run();
            sessions.remove(getSession());
        }
    }

    /** Where it is. */
    String url() {
        return (certificates.isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    /** For messages of tests. */
    @Override
    public String toString() {
        return "API server at port " + port + " after " + requests.size() + " requests "
                + new String(String.join("\n", requests()).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
