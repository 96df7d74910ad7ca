package bricklayer.functional.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import bricklayer.executor.kube.KubeExecutor;
import bricklayer.executor.kube.KubeSettings;
import bricklayer.executor.kube.PodChoice;
import bricklayer.functional.Eventually;
import bricklayer.host.Command;
import bricklayer.host.CommandResult;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.CommandResult.NotSent;
import bricklayer.host.HostName;
import bricklayer.kube.KubeAccess;
import bricklayer.kube.KubeAccess.Surroundings;
import bricklayer.kube.KubeApi;
import bricklayer.kube.ServiceEndpoints.CannotKeep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the API server is found and believed, and who we are to it: over TLS with certificates made for the test. */
final class KubeAccessTest {

    private static final String NAMESPACE = "storage";
    private static final HostName HOST = new HostName("host-1");

    @TempDir
    private static Path shared;

    @SuppressWarnings("NullAway.Init") // makeCertificates sets it
    private static Certificates certificates;

    /** Of another authority, for another host. */
    @SuppressWarnings("NullAway.Init")
    private static Certificates others;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // start sets it
    private ApiServer server;

    @BeforeAll
    static void makeCertificates() {
        certificates = new Certificates(shared.resolve("own"), "own", "127.0.0.1");
        others = new Certificates(shared.resolve("others"), "others", "10.9.9.9");
    }

    @BeforeEach
    void start() {
        server = serve(certificates);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : toClose.reversed()) {
            one.close();
        }
    }

    @Test
    void aTokenOverTlsWithAnAuthorityOfTheClustersOwn() throws IOException {
        assertServed(kubeconfig(ca(certificates), "token: token-1"));
    }

    @Test
    void aClientCertificate() throws IOException {
        server.setToken("nobody knows it");

        assertServed(kubeconfig(
                ca(certificates),
                "client-certificate: \"" + certificates.client() + "\", client-key: \"" + certificates.clientKey()
                        + '"'));
    }

    @Test
    void anAuthorityThatIsNotTheServersIsNotBelieved() throws IOException {
        assertRefused(
                kubeconfig(ca(others), "token: token-1"),
                "cannot be listed",
                "the TLS handshake failed",
                "certification path");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsNotBelievedUnlessItIsSaid() throws IOException {
        server = serve(others);

        assertRefused(kubeconfig(ca(others), "token: token-1"), "127.0.0.1");
        assertServed(kubeconfig("insecure-skip-tls-verify: true", "token: token-1"));
    }

    @Test
    void aTokenInAFileIsReadAsItIsRenewed() throws IOException {
        Files.writeString(folder.resolve("token"), "token-1\n");
        // relative to the kubeconfig
        KubeExecutor executor = executor(kubeconfig(ca(certificates), "tokenFile: token"));
        assertServed(executor);

        server.setToken("token-2");
        Files.writeString(folder.resolve("token"), "token-2\n");

        assertServed(executor);
    }

    @Test
    void aPodsServiceAccountWhoseTokenIsRotated() throws IOException {
        Path account = Files.createDirectories(folder.resolve("account"));
        Files.copy(certificates.authority(), account.resolve("ca.crt"));
        Files.writeString(account.resolve("token"), "token-1");
        Files.writeString(account.resolve("namespace"), NAMESPACE);
        KubeAccess access = access(
                Optional.empty(), new Surroundings(Optional.of("127.0.0.1"), "" + server.port(), account, List.of()));
        KubeExecutor executor = executor(access);
        assertServed(executor);

        server.setToken("token-2");
        assertThat(ask(executor))
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains("credentials", "401");
        Files.writeString(account.resolve("token"), "token-2");

        assertServed(executor);
    }

    @Test
    void theFirstKubeconfigOfTheEnvironmentThatIsThere() throws IOException {
        Path file = kubeconfig(ca(certificates), "token: token-1");
        Surroundings around = Surroundings.of(Map.of("KUBECONFIG", folder.resolve("none") + ":" + file), folder);

        assertServed(executor(access(Optional.empty(), around)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            current-context: test  | current-context: \"\"     | names no current-context
            current-context: test  | current-context: other  | has no context other
            cluster: test, user    | cluster: none, user     | has no cluster none
            user: test, namespace  | user: none, namespace   | has no user none
            token: token-1         | exec: { apiVersion: client.authentication.k8s.io/v1, command: touch, args: [ ran ] } | the program touch (exec)
            token: token-1         | auth-provider: { name: gcp } | the provider gcp (auth-provider)
            current-context        | {                       | not understood
            """)
    void aKubeconfigThatCannotBeUsedIsRefusedAtTheStart(String replaced, String by, String why) throws IOException {
        Path file = kubeconfig(ca(certificates), "token: token-1");
        Files.writeString(file, Files.readString(file).replace(replaced, by));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> executor(file))
                .withMessageContaining(file.toString())
                .withMessageContaining(why);
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(Path.of("ran")).doesNotExist();
    }

    @Test
    void nothingTellsWhereItIs() {
        Surroundings around = Surroundings.of(Map.of(), folder);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> executor(access(Optional.empty(), around)))
                .withMessageContaining("no pod with a service account")
                .withMessageContaining(folder.resolve(".kube").toString());
    }

    @Test
    void theRuleThatIsMissingIsNamed() throws IOException {
        server.add(Trouble.request("/pods?", 403, "pods is forbidden: User \"x\" cannot list resource \"pods\""));
        assertRefused(
                kubeconfig(ca(certificates), "token: token-1"),
                "403",
                "cannot list",
                "the role needs get, list and watch for pods");

        server.add(Trouble.request("/services", 403, "services is forbidden"));
        assertThatExceptionOfType(CannotKeep.class)
                .isThrownBy(() -> open(access(Optional.of(folder.resolve("kubeconfig")), nowhere()))
                        .endpoints("x-")
                        .keep(NAMESPACE, "glusterfs-1", new TreeSet<>(List.of("10.0.0.1"))))
                .withMessageContaining("services is forbidden")
                .withMessageContaining("the role needs get, list, create, update and delete for services");
    }

    @Test
    void aListThatIsRefusedForAMomentIsAskedForAgain() throws IOException {
        for (int status : new int[] {429, 500, 503}) {
            server.add(Trouble.request("/pods?", status, "later"));
        }
        KubeExecutor executor = executor(kubeconfig(ca(certificates), "token: token-1"));

        Eventually.within(
                Duration.ofSeconds(120),
                Duration.ofMillis(100),
                "the pods are known",
                () -> ask(executor).equals(new Exited(0, "here\n", "")));
        assertThat(server.requests().stream()
                        .filter(request -> request.contains("/pods?") && !request.contains("watch=true"))
                        .count())
                .as("three refused, one served; no storm")
                .isBetween(4L, 8L);
    }

    private ApiServer serve(Certificates known) {
        ApiServer made = ApiServer.startTls(Processes.here(), known);
        made.putPod(NAMESPACE, "gluster-1", "worker-1", "10.0.0.1", Map.of("glusterfs-node", "host-1"), 0);
        toClose.add(made);
        return made;
    }

    private static String ca(Certificates known) throws IOException {
        return "certificate-authority-data: "
                + Base64.getEncoder()
                        .encodeToString(Files.readString(known.authority()).getBytes(StandardCharsets.US_ASCII));
    }

    private Path kubeconfig(String trust, String user) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [ { name: test, cluster: { server: "%s", %s } } ]
                contexts: [ { name: test, context: { cluster: test, user: test, namespace: "%s" } } ]
                users: [ { name: test, user: { %s } } ]
                """.formatted(server.url(), trust, NAMESPACE, user));
    }

    private static KubeAccess access(Optional<Path> kubeconfig, Surroundings around) {
        return new KubeAccess(kubeconfig, Optional.empty(), Duration.ofSeconds(20), Duration.ofSeconds(10), around);
    }

    private Surroundings nowhere() {
        return Surroundings.of(Map.of(), folder);
    }

    private KubeApi open(KubeAccess access) {
        KubeApi api = KubeApi.open(access, InstantSource.system(), new Random(7));
        toClose.add(api);
        return api;
    }

    private KubeExecutor executor(Path kubeconfig) {
        return executor(access(Optional.of(kubeconfig), nowhere()));
    }

    private KubeExecutor executor(KubeAccess access) {
        KubeExecutor executor = new KubeExecutor(
                KubeApi.open(access, InstantSource.system(), new Random(7)),
                new KubeSettings(
                        PodChoice.BY_LABEL,
                        PodChoice.LABEL,
                        Optional.empty(),
                        true,
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(15),
                        OptionalInt.of(64),
                        8,
                        1 << 20),
                InstantSource.system());
        toClose.add(executor);
        return executor;
    }

    private static CommandResult ask(KubeExecutor executor) {
        return executor.ask(HOST, Command.of(Duration.ofSeconds(60), "echo", "here"));
    }

    private static void assertServed(KubeExecutor executor) {
        assertThat(ask(executor)).isEqualTo(new Exited(0, "here\n", ""));
    }

    private void assertServed(Path kubeconfig) {
        assertServed(executor(kubeconfig));
    }

    private void assertRefused(Path kubeconfig, String... words) {
        assertThat(ask(executor(kubeconfig)))
                .asInstanceOf(type(NotSent.class))
                .extracting(NotSent::why)
                .asString()
                .contains(words);
    }
}
