package bricklayer.executor.ssh;

import bricklayer.host.HostName;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections: network, host key, login. Keeps nothing but the key to log in with. */
final class SshLogin {

    private static final Logger log = LoggerFactory.getLogger(SshLogin.class);

    private static final int KEEP_ALIVES_OWED_MAX = 3;

    /** Certificates of hosts are left out: {@link HostKeyCheck} compares keys. */
    private static final String HOST_KEY_ALGORITHMS =
            "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256";

    private final SshSettings settings;
    private final JSch jsch = new JSch();

    SshLogin(SshSettings settings) {
        this.settings = settings;
        PrivateKey.addTo(jsch, settings.keyFile());
    }

    Session open(HostName host) throws CannotConnect {
        HostKeyCheck hostKey = new HostKeyCheck(host.value(), settings.port(), settings.hostKeys());
        try {
            Session session = jsch.getSession(settings.user(), host.value(), settings.port());
            session.setHostKeyRepository(hostKey);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("server_host_key", HOST_KEY_ALGORITHMS);
            session.setConfig("PreferredAuthentications", "publickey");
            session.setSocketFactory(new ForgetfulSockets(settings.connectTimeout()));
            session.setThreadFactory(
                    task -> Thread.ofVirtual().name("ssh-" + host).unstarted(task));
            session.setServerAliveInterval(Math.toIntExact(settings.keepAlive().toMillis()));
            session.setServerAliveCountMax(KEEP_ALIVES_OWED_MAX);
            session.connect(Math.toIntExact(settings.connectTimeout().toMillis()));
            hostKey.recorded()
                    .ifPresent(key -> log.warn(
                            "host={} trusting and recording its host key {} at first sight", host, key.fingerprint()));
            log.debug("host={} connected as {} to port {}", host, settings.user(), settings.port());
            return session;
        } catch (JSchException e) {
            throw new CannotConnect(explain(host, hostKey, e), e);
        }
    }

    private String explain(HostName host, HostKeyCheck hostKey, JSchException e) {
        String where = "no ssh to " + host + " port " + settings.port() + " as " + settings.user() + ": ";
        if (hostKey.refusal().isPresent()) {
            return where + hostKey.refusal().get();
        }
        // JSch has no type for these
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Auth fail") || message.startsWith("Auth cancel")) {
            return where + "the host refuses the key " + settings.keyFile() + ". Its public half must be a line of "
                    + "~/.ssh/authorized_keys of " + settings.user() + " on the host (" + message + ")";
        }
        if (rootCause(e) instanceof UnknownHostException) {
            return where + "the name " + host + " cannot be resolved";
        }
        if (rootCause(e) instanceof ConnectException) {
            return where + rootCause(e).getMessage() + "; is the host up, and its sshd at this port?";
        }
        return where + rootCause(e).getMessage();
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * Sockets that, when closed, drop what the host has not acknowledged. An ordinary close would leave it with the kernel, which goes on sending
     * for minutes: a command given up for lost could then start on a host that came back, after somebody has looked whether it runs.
     */
    private record ForgetfulSockets(Duration connectTimeout) implements SocketFactory {

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            Socket socket = new Socket();
            try {
                socket.setSoLinger(true, 0);
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(host, port), Math.toIntExact(connectTimeout.toMillis()));
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public InputStream getInputStream(Socket socket) throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket socket) throws IOException {
            return socket.getOutputStream();
        }
    }
}
