package bricklayer.http;

import bricklayer.config.HttpConfig.TlsFiles;
import bricklayer.pem.PemCertificates;
import bricklayer.pem.PemKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The server's certificate and key, read once at the start from PEM files, as Go's library takes them. */
final class Tls {

    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    /**
     * @throws IllegalStateException naming the file that cannot be used, and why
     */
    static SslContextFactory.Server of(TlsFiles files) {
        Certificate[] chain =
                PemCertificates.read(files.certificates(), "cert_file").toArray(Certificate[]::new);
        PrivateKey key = PemKey.read(files.key(), "key_file");
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(keyStore(key, chain, files));
        context.setKeyStorePassword("");
        context.setSniRequired(false);
        return context;
    }

    private static KeyStore keyStore(PrivateKey key, Certificate[] chain, TlsFiles files) {
        if (!PemKey.belongsTo(key, chain[0].getPublicKey())) {
            throw new IllegalStateException(
                    "key_file " + files.key() + " is not the key of the first certificate in " + files.certificates());
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", key, NO_PASSWORD, chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot use key_file " + files.key() + ": " + e.getMessage(), e);
        }
    }
}
