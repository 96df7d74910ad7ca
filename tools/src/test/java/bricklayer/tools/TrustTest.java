package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.tools.Cli.Ended;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate nobody knows but who is told of it; it is for the name localhost. */
class TrustTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // start sets it
    private Cli cli;

    @SuppressWarnings("NullAway.Init") // start sets it
    private HttpsServer https;

    @BeforeEach
    void start() throws Exception {
        Path store = folder.resolve("keys.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool("-exportcert", "-rfc", "-file", folder.resolve("server.pem").toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        https.createContext("/volumes", exchange -> {
            byte[] body = "{\"volumes\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        https.start();
        cli = new Cli(folder, false);
    }

    private void keytool(String... args) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "server"));
        command.addAll(1, List.of(args));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @AfterEach
    void stop() {
        cli.close();
        https.stop(0);
    }

    private Ended list(String host, String... flags) {
        String[] args = new String[4 + flags.length];
        args[0] = "volume";
        args[1] = "list";
        args[2] = "--json";
        args[3] = "--server=https://" + host + ":" + https.getAddress().getPort();
        System.arraycopy(flags, 0, args, 4, flags.length);
        return cli.run(args);
    }

    @Test
    void onlyWhoIsVouchedForIsTalkedTo() {
        Ended fine = new Ended(0, "{\"volumes\":[]}\n", "");

        assertThat(list("localhost").status()).isEqualTo(1);
        assertThat(list("localhost").err()).startsWith("Error: cannot reach https://localhost:");
        assertThat(list("localhost", "--tls-cert=server.pem")).isEqualTo(fine);
        assertThat(list("127.0.0.1", "-C", "server.pem").status()).isEqualTo(1);
        assertThat(list("127.0.0.1", "-I")).isEqualTo(fine);
        assertThat(list("localhost", "-C", "missing.pem").err())
                .startsWith("Error: cannot read the certificate file " + folder.resolve("missing.pem"));
    }
}
