package bricklayer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.config.HttpConfig;
import bricklayer.config.HttpConfig.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    private static Path file(String name) {
        try {
            return Path.of(TlsTest.class.getResource("/tls/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SampleServer serve(Path certificates, Path key) {
        HttpConfig plain = SampleServer.CONFIG;
        return new SampleServer(new HttpConfig(
                plain.bindAddress(),
                0,
                Optional.of(new TlsFiles(certificates, key)),
                plain.bodyMaxBytes(),
                plain.documentMaxBytes(),
                plain.idleTimeout(),
                0,
                plain.connectionsMax(),
                plain.stopTimeout()));
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec", "p384", "pkcs8", "ed25519"})
    void servesHttpsWithKeysOfEachForm(String kind) throws Exception {
        Path certificate = file(kind + ".crt");
        try (SampleServer sample = serve(certificate, file(kind + ".key"));
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(certificate))
                        .build()) {
            URI hello = URI.create("https://localhost:" + sample.server.port() + "/hello");

            assertThat(client.send(HttpRequest.newBuilder(hello).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("Hello from Heketi");
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamedWithTheReason(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> serve(file("ec.crt"), file("rsa.key")))
                .hasMessageContaining("is not the key of the first certificate in");
        assertThatThrownBy(() -> serve(file("ec.crt"), file("p384.key")))
                .hasMessageContaining("is not the key of the first certificate in");
        assertThatThrownBy(() -> serve(file("rsa.crt"), file("locked.key")))
                .hasMessageContaining("holds no unencrypted private key");
        assertThatThrownBy(() -> serve(file("rsa.crt"), missing))
                .hasMessageContaining("cannot read key_file " + missing);
        assertThatThrownBy(() -> serve(missing, file("rsa.key")))
                .hasMessageContaining("cannot read cert_file " + missing);
        assertThatThrownBy(() -> serve(empty, file("rsa.key"))).hasMessageContaining("holds no certificate");
    }
}
