package bricklayer.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One API server and who we are to it. Opening asks it nothing, so that a server whose cluster is down starts. Thread-safe.
 *
 * <p>Nothing is sent a second time by itself: the client library would repeat requests that may have acted.
 */
public final class KubeApi implements AutoCloseable {

    private final KubernetesClient client;
    private final ContainerCommands commands;
    private final String namespace;
    private final URI uri;

    private KubeApi(KubernetesClient client, ContainerCommands commands, String namespace, URI uri) {
        this.client = client;
        this.commands = commands;
        this.namespace = namespace;
        this.uri = uri;
    }

    /**
     * Asks nothing yet.
     *
     * @throws IllegalArgumentException when nothing tells where the API server is, or what tells it cannot be read; the message says what to do
     */
    public static KubeApi open(KubeAccess access, InstantSource clock, RandomGenerator random) {
        Config config = config(access);
        JdkHttpClientFactory http = new JdkHttpClientFactory();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(http)
                .build();
        URI uri = URI.create(config.getMasterUrl());
        Identity identity = new Identity(
                config,
                http,
                client.getHttpClient().newHttpRequestBuilder().uri(uri).build(),
                clock);
        ContainerCommands commands = new ContainerCommands(
                uri,
                identity,
                new WebSocket.Server(
                        tls(config, uri),
                        config.isTrustCerts() || config.isDisableHostnameVerification(),
                        access.connectTimeout()),
                access.keepAlive(),
                random);
        String namespace = access.namespace()
                .or(() -> Optional.ofNullable(config.getNamespace()))
                .orElse("default");
        return new KubeApi(client, commands, namespace, uri);
    }

    /** Where pods are looked for. */
    public String namespace() {
        return namespace;
    }

    public URI uri() {
        return uri;
    }

    /** Where commands are given to containers. */
    public ContainerCommands commands() {
        return commands;
    }

    /**
     * Watches the pods of the namespace from now on.
     *
     * @param selector of labels, as kubectl takes it; empty for all pods
     */
    public PodWatch watchPods(String selector) {
        return PodWatch.start(client, namespace, selector);
    }

    /**
     * Headless services with their endpoints.
     *
     * @param owner tells ours from those of another server
     */
    public ServiceEndpoints endpoints(String owner) {
        return new ServiceEndpoints(client, owner);
    }

    @Override
    public void close() {
        commands.close();
        client.close();
    }

    private static Config config(KubeAccess access) {
        Config config = ClientConfig.of(access);
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout(Math.toIntExact(access.connectTimeout().toMillis()));
        config.setRequestTimeout(Math.toIntExact(access.connectTimeout().toMillis()));
        return config;
    }

    private static javax.net.ssl.@Nullable SSLContext tls(Config config, URI uri) {
        if (!"https".equals(uri.getScheme())) {
            return null;
        }
        try {
            return SSLUtils.sslContext(config);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the certificates to reach the API server " + uri + " with cannot be used: " + e.getMessage(), e);
        }
    }
}
