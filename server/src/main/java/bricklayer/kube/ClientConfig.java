package bricklayer.kube;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the API server is and who we are to it: a kubeconfig, or a pod's service account. The client library's own search is not used: it would run programs that a
 * kubeconfig names, passes over what it does not understand, and goes to a default address when a context is missing.
 */
final class ClientConfig {

    private ClientConfig() {}

    /**
     * Asks nobody.
     *
     * @throws IllegalArgumentException when nothing tells, or what tells cannot be used; the message says what to do
     */
    static Config of(KubeAccess access) {
        KubeAccess.Surroundings around = access.surroundings();
        if (access.kubeconfig().isPresent()) {
            Path file = access.kubeconfig().get();
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("the kubeconfig " + file
                        + " cannot be read; bricklayer.kube.kubeconfig must name a file that this server may read");
            }
            return fromFiles(List.of(file));
        }
        if (around.host().isPresent() && Files.exists(token(around))) {
            return inCluster(around, around.host().get());
        }
        List<Path> files =
                around.kubeconfigs().stream().filter(Files::isReadable).toList();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("nothing tells where the API server of Kubernetes is: this process runs"
                    + " in no pod with a service account (" + token(around) + "), and there is no kubeconfig ("
                    + around.kubeconfigs() + "). Set bricklayer.kube.kubeconfig");
        }
        return fromFiles(files);
    }

    private static Path token(KubeAccess.Surroundings around) {
        return around.serviceAccount().resolve("token");
    }

    private static Config inCluster(KubeAccess.Surroundings around, String host) {
        Path ca = around.serviceAccount().resolve("ca.crt");
        ConfigBuilder config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + around.port() + '/')
                .withOauthTokenProvider(new TokenFile(token(around)));
        if (Files.exists(ca)) {
            config.withCaCertFile(ca.toString());
        }
        return config.withNamespace(namespace(around)).build();
    }

    private static String namespace(KubeAccess.Surroundings around) {
        Path file = around.serviceAccount().resolve("namespace");
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "default";
        } catch (IOException e) {
            throw new IllegalArgumentException("the namespace of the service account cannot be read: " + e, e);
        }
    }

    private static Config fromFiles(List<Path> files) {
        io.fabric8.kubernetes.api.model.Config[] all;
        try {
            all = files.stream()
                    .map(file -> KubeConfigUtils.parseConfig(file.toFile()))
                    .toArray(io.fabric8.kubernetes.api.model.Config[]::new);
        } catch (RuntimeException e) { // the reader of YAML has exceptions of its own
            throw new IllegalArgumentException("the kubeconfig " + files + " is not understood: " + Explained.of(e), e);
        }
        Optional<AuthInfo> user = user(files, all);
        Config config = Config.empty();
        KubeConfigUtils.merge(config, null, all);
        user.map(AuthInfo::getTokenFile)
                .filter(file -> !file.isEmpty())
                .ifPresent(file -> config.setOauthTokenProvider(
                        new TokenFile(files.getFirst().toAbsolutePath().resolveSibling(file))));
        return config;
    }

    /** The user of the current context, found to be one that can be used. */
    private static Optional<AuthInfo> user(List<Path> files, io.fabric8.kubernetes.api.model.Config[] all) {
        String current = Arrays.stream(all)
                .map(io.fabric8.kubernetes.api.model.Config::getCurrentContext)
                .filter(name -> name != null && !name.isEmpty())
                .findFirst()
                .orElseThrow(() -> refused(files, "names no current-context; set one"));
        var context = named(all, io.fabric8.kubernetes.api.model.Config::getContexts)
                .filter(one -> current.equals(one.getName()) && one.getContext() != null)
                .findFirst()
                .orElseThrow(() -> refused(files, "has no context " + current + ", which is its current-context"))
                .getContext();
        boolean cluster = named(all, io.fabric8.kubernetes.api.model.Config::getClusters)
                .anyMatch(one -> Objects.equals(context.getCluster(), one.getName()) && one.getCluster() != null);
        if (!cluster) {
            throw refused(
                    files, "has no cluster " + context.getCluster() + ", which its context " + current + " names");
        }
        if (context.getUser() == null || context.getUser().isEmpty()) {
            return Optional.empty();
        }
        AuthInfo user = named(all, io.fabric8.kubernetes.api.model.Config::getUsers)
                .filter(one -> context.getUser().equals(one.getName()) && one.getUser() != null)
                .findFirst()
                .map(NamedAuthInfo::getUser)
                .orElseThrow(() -> refused(
                        files, "has no user " + context.getUser() + ", which its context " + current + " names"));
        if (user.getExec() != null || user.getAuthProvider() != null) {
            String what = user.getExec() != null
                    ? "the program " + user.getExec().getCommand() + " (exec)"
                    : "the provider " + user.getAuthProvider().getName() + " (auth-provider)";
            throw refused(
                    files,
                    "wants " + what + " to be asked for the credentials of its user " + context.getUser()
                            + ", and this server runs no such programs; give that user a token, a tokenFile or a client"
                            + " certificate, or run this server in a pod with a service account");
        }
        return Optional.of(user);
    }

    private interface Part<T> {
        List<T> of(io.fabric8.kubernetes.api.model.Config config);
    }

    private static <T> Stream<T> named(io.fabric8.kubernetes.api.model.Config[] all, Part<T> part) {
        return Arrays.stream(all).flatMap(one -> part.of(one).stream());
    }

    private static IllegalArgumentException refused(List<Path> files, String why) {
        return new IllegalArgumentException(
                "the kubeconfig " + (files.size() == 1 ? files.getFirst() : files) + ' ' + why);
    }
}
