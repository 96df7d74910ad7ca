package bricklayer.pem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** Certificates from a PEM file. */
public final class PemCertificates {

    private PemCertificates() {}

    /**
     * Reads at least one.
     *
     * @param what the file is called in messages, such as the name of a setting
     * @throws IllegalStateException naming the file, and why it cannot be used
     */
    public static List<Certificate> read(Path file, String what) {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new IllegalStateException(what + " " + file + " holds no certificate in PEM form");
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("cannot read " + what + " " + file + ": " + e.getMessage(), e);
        }
    }
}
