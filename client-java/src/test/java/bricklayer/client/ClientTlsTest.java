package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate no authority knows, and that asks who comes. */
class ClientTlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    static Path folder;

    private static HttpsServer https;

    @BeforeAll
    static void serve() throws Exception {
        newIdentity("server");
        newIdentity("client");
        SSLContext context = Tls.trusting(List.of(pem("client.crt")), pem("server.crt"), pem("server.key"));
        https = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        https.createContext("/hello", exchange -> {
            byte[] text = "Hello from Heketi".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        https.start();
    }

    @AfterAll
    static void stop() {
        https.stop(0);
    }

    /** A certificate that vouches for itself, and its key, as PEM files. */
    private static void newIdentity(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        assertThat(new ProcessBuilder(List.of(
                                keytool,
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD),
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "SAN=dns:localhost"))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        write(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        Key key = keys.getKey(name, PASSWORD);
        write(name + ".key", "PRIVATE KEY", key.getEncoded());
    }

    private static void write(String file, String kind, byte[] der) throws IOException {
        Files.writeString(
                pem(file),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n");
    }

    private static Path pem(String name) {
        return folder.resolve(name);
    }

    private static BricklayerClient client(SSLContext context) {
        return BricklayerClient.to(
                        URI.create("https://localhost:" + https.getAddress().getPort()))
                .patience(Patience.PROBE)
                .tls(context)
                .build();
    }

    @Test
    void aServerOfOnesOwnAuthorityIsTrustedAndIsShownWhoComes() {
        BricklayerClient client =
                client(Tls.trusting(List.of(pem("server.crt")), pem("client.crt"), pem("client.key")));

        assertThat(client.hello()).isEqualTo("Hello from Heketi");
    }

    @Test
    void aServerThatNobodyVouchesForIsNotTalkedTo() {
        assertThatThrownBy(() -> client(Tls.trusting(List.of(pem("client.crt")), pem("client.crt"), pem("client.key")))
                        .hello())
                .isInstanceOf(ServerUnreachable.class)
                .hasMessageStartingWith("cannot reach https://localhost:");
        assertThatThrownBy(() -> client(Tls.trusting(List.of(), pem("client.crt"), pem("client.key")))
                        .hello())
                .isInstanceOf(ServerUnreachable.class);
    }

    @Test
    void withoutACertificateTheServerDoesNotAnswer() {
        assertThatThrownBy(
                        () -> client(Tls.trusting(List.of(pem("server.crt")))).hello())
                .isInstanceOf(ServerUnreachable.class);
    }

    @Test
    void filesThatCannotBeUsedAreNamedWithTheReason() throws IOException {
        Path empty = Files.createFile(pem("empty"));
        Path missing = pem("missing");

        assertThatThrownBy(() -> Tls.trusting(List.of(missing)))
                .hasMessageStartingWith("cannot read the certificate file " + missing);
        assertThatThrownBy(() -> Tls.trusting(List.of(empty)))
                .hasMessage("the certificate file " + empty + " holds no certificate in PEM form");
        assertThatThrownBy(() -> Tls.trusting(List.of(), pem("client.crt"), pem("server.key")))
                .hasMessageContaining("is not that of the first certificate in");
        assertThatThrownBy(() -> Tls.trusting(List.of(), pem("client.crt"), pem("client.crt")))
                .hasMessageContaining("holds no unencrypted private key in PEM form");
    }
}
