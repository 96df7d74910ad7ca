package bricklayer.client;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * The TLS of a client that has none. An {@code HttpClient} without a context of its own reads the JDK's trusted certificates when it is made, which takes longer
 * than the requests of a short-lived program.
 */
final class PlainHttp extends SSLContextSpi {

    private PlainHttp() {}

    static SSLContext context() {
        return new SSLContext(new PlainHttp(), null, "none") {};
    }

    /** Every use is refused: were it let pass, a request could go over TLS to a server that nobody has vouched for. */
    private static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("this client was made for an address that begins with http://");
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw refusal();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw refusal();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw refusal();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw refusal();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw refusal();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw refusal();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw refusal();
    }
}
