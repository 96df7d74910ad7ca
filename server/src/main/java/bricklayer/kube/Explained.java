package bricklayer.kube;

import javax.net.ssl.SSLException;

/** Failures of the network in one line. */
final class Explained {

    private Explained() {}

    static String of(Throwable failure) {
        Throwable cause = failure;
        boolean tls = cause instanceof SSLException;
        while (cause.getCause() != null) {
            cause = cause.getCause();
            tls |= cause instanceof SSLException;
        }
        String kind = cause.getClass().getSimpleName();
        return (tls ? "the TLS handshake failed, does the certificate authority fit? " : "")
                + (cause.getMessage() == null ? kind : kind + ": " + cause.getMessage());
    }
}
