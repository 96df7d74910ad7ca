package bricklayer.functional.kube;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** An authority of a cluster's own, with a certificate for its API server and one for a client, made by the JDK's keytool in a folder. */
final class Certificates {

    private static final String PASSWORD = "only for tests";
    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final KeyStore keys;

    /**
     * @param name of the authority
     * @param host the address in the server's certificate
     */
    Certificates(Path folder, String name, String host) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            keytool(AUTHORITY, "-dname", "CN=" + name, "-ext", "bc:c");
            keytool("server", "-dname", "CN=api", "-ext", "san=ip:" + host, "-signer", AUTHORITY);
            keytool("client", "-dname", "CN=bricklayer", "-ext", "eku=clientAuth", "-signer", AUTHORITY);
            keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
                keys.load(in, PASSWORD.toCharArray());
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("certificates cannot be made in " + folder, e);
        }
    }

    /** PEM. */
    Path authority() {
        return certificate(AUTHORITY);
    }

    /** PEM. */
    Path client() {
        return certificate("client");
    }

    /** PEM, PKCS #8. */
    Path clientKey() {
        try {
            return pem(
                    "client.key",
                    "PRIVATE KEY",
                    keys.getKey("client", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the client's key cannot be read", e);
        }
    }

    SslContextFactory.Server forServer() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, keys.getCertificate(AUTHORITY));
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStore(keys);
            tls.setKeyStorePassword(PASSWORD);
            tls.setCertAlias("server");
            tls.setTrustStore(trusted);
            tls.setWantClientAuth(true);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the server's certificate cannot be used", e);
        }
    }

    private Path certificate(String alias) {
        try {
            Certificate certificate = keys.getCertificate(alias);
            return pem(alias + ".crt", "CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is no certificate " + alias, e);
        }
    }

    private Path pem(String file, String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        try {
            return Files.writeString(
                    folder.resolve(file), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    private void keytool(String alias, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-alias",
                alias,
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
