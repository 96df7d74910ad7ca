package bricklayer.main;

import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import bricklayer.client.BricklayerException;
import bricklayer.client.IdempotencyKeys;
import bricklayer.client.Patience;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Calls methods of the client with whatever fits, and notes which route each request is for. Nothing is served. */
final class RoutesAskedFor implements AutoCloseable {

    private static final String ID = "0";

    private final Collection<String> routes;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final HttpServer http;

    RoutesAskedFor(Collection<String> routes) throws IOException {
        this.routes = routes;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::note);
        http.start();
    }

    Set<String> byEveryMethodOf(Class<BricklayerClient> type) {
        BricklayerClient client = BricklayerClient.to(
                        URI.create("http://localhost:" + http.getAddress().getPort()))
                .patience(Patience.PROBE)
                .idempotencyKeys(IdempotencyKeys.IGNORED)
                .build();
        Arrays.stream(type.getMethods())
                .filter(method ->
                        !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class)
                .forEach(method -> call(client, method));
        return asked;
    }

    private static void call(BricklayerClient client, Method method) {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(RoutesAskedFor::something)
                .toArray();
        try {
            method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof BricklayerException || e.getCause() instanceof UnreadableJson)) {
                throw new AssertionError(method.toString(), e.getCause());
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(method.toString(), e);
        }
    }

    private static Object something(Class<?> type) {
        if (type == String.class) {
            return ID;
        }
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == OutputStream.class) {
            return OutputStream.nullOutputStream();
        }
        if (type.isInterface()) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                if (method.getDeclaringClass() == Object.class) {
                    return method.getName().equals("equals")
                            ? false
                            : method.getName().equals("hashCode") ? 0 : "it";
                }
                return null;
            });
        }
        return WireJson.read("{}", type);
    }

    private void note(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod() + " ";
        // the one that names it, before those with a place for an id
        routes.stream()
                .filter(route -> route.equals(method + path))
                .findFirst()
                .or(() -> routes.stream()
                        .filter(route ->
                                Pattern.matches(Pattern.quote(route).replace("{id}", "\\E[0-9a-f]+\\Q"), method + path))
                        .findFirst())
                .ifPresent(asked::add);
        exchange.getRequestBody().readAllBytes();
        byte[] text = "Invalid path or request\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(404, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
