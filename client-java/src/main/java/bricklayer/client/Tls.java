package bricklayer.client;

import bricklayer.pem.PemCertificates;
import bricklayer.pem.PemKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to trust and who to be, from PEM files, for {@link BricklayerClient.Builder#tls}. Files are read once. */
public final class Tls {

    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    /**
     * Trusts what these certificates vouch for, and nothing else.
     *
     * @param certificates files of one or more certificates each, those of authorities or of servers; none for those that the JDK trusts
     * @throws IllegalStateException naming the file that cannot be used, and why
     */
    public static SSLContext trusting(List<Path> certificates) {
        return context(null, certificates);
    }

    /**
     * The same, and shows a certificate to a server (or a proxy before it) that asks for one.
     *
     * @param chain the client's certificate first
     * @param key of that certificate, not encrypted
     * @throws IllegalStateException naming the file that cannot be used, and why
     */
    public static SSLContext trusting(List<Path> certificates, Path chain, Path key) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own(chain, key), NO_PASSWORD);
            return context(keys.getKeyManagers(), certificates);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot use the private key " + key + ": " + e.getMessage(), e);
        }
    }

    private static KeyStore own(Path chain, Path key) throws GeneralSecurityException, IOException {
        List<Certificate> certificates = PemCertificates.read(chain, "the client certificate");
        PrivateKey own = PemKey.read(key, "the private key");
        if (!PemKey.belongsTo(own, certificates.get(0).getPublicKey())) {
            throw new IllegalStateException(
                    "the private key " + key + " is not that of the first certificate in " + chain);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("client", own, NO_PASSWORD, certificates.toArray(Certificate[]::new));
        return store;
    }

    private static SSLContext context(KeyManager @Nullable [] keys, List<Path> certificates) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, certificates.isEmpty() ? null : trusted(certificates), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a store of certificates: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trusted(List<Path> files) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        for (Path file : files) {
            for (Certificate certificate : PemCertificates.read(file, "the certificate file")) {
                store.setCertificateEntry(String.valueOf(store.size()), certificate);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
