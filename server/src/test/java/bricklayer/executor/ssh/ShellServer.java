package bricklayer.executor.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;

/**
 * A host as sshd shows it: one user with one key, commands run by the login shell on this machine, and a command whose connection is lost goes on
 * without anybody reading what it says.
 */
final class ShellServer implements AutoCloseable {

    static final String USER = "tester";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;
    private final AtomicInteger channelsToRefuse = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    /**
     * @param port 0 for any free one
     * @param authorizedKey a line of authorized_keys
     */
    static ShellServer start(int port, String authorizedKey) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return new ShellServer(port, authorizedKey, generator.generateKeyPair());
    }

    private ShellServer(int port, String authorizedKey, KeyPair hostKey) throws IOException, GeneralSecurityException {
        this.hostKey = hostKey;
        var authorized =
                AuthorizedKeyEntry.parseAuthorizedKeyEntry(authorizedKey).resolvePublicKey(null, null);
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals(USER) && KeyUtils.compareKeys(key, authorized));
        server.setChannelFactories(List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                boolean refuse = channelsToRefuse.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
                return refuse ? new RefusedChannel() : new ChannelSession();
            }
        }));
        server.setCommandFactory((channel, text) -> new ShellCommand(text));
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionEvent(Session session, Event event) {
                if (event == Event.Authenticated) {
                    logins.incrementAndGet();
                }
            }
        });
        server.start();
    }

    int port() {
        return server.getPort();
    }

    /** As a known_hosts file has it, without the name. */
    String hostKeyLine() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    String fingerprint() {
        return KeyUtils.getFingerPrint(hostKey.getPublic());
    }

    void refuseChannels(int count) {
        channelsToRefuse.set(count);
    }

    void loseConnections() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    int connections() {
        return server.getActiveSessions().size();
    }

    int logins() {
        return logins.get();
    }

    int mostRunningAtOnce() {
        return mostRunning.get();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static final class RefusedChannel extends ChannelSession {
        @Override
        protected OpenFuture doInit(Buffer buffer) {
            DefaultOpenFuture failed = new DefaultOpenFuture(this, this);
            failed.setException(new SshChannelOpenException(
                    getChannelId(), SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "no more sessions"));
            return failed;
        }
    }

    private final class ShellCommand implements Command {

        private final String text;
        private OutputStream out = OutputStream.nullOutputStream();
        private OutputStream err = OutputStream.nullOutputStream();
        private ExitCallback callback = (status, message, closeImmediately) -> {};

        ShellCommand(String text) {
            this.text = text;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            Process process = new ProcessBuilder("/bin/sh", "-c", text).start();
            process.getOutputStream().close();
            Thread pumpOut = Thread.startVirtualThread(() -> pump(process.getInputStream(), out));
            Thread pumpErr = Thread.startVirtualThread(() -> pump(process.getErrorStream(), err));
            Thread.startVirtualThread(() -> {
                try {
                    int status = process.waitFor();
                    pumpOut.join();
                    pumpErr.join();
                    running.decrementAndGet();
                    callback.onExit(status);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts this thread", e);
                }
            });
        }

        /** Like sshd it does not end the process. */
        @Override
        public void destroy(ChannelSession channel) {}

        private static void pump(InputStream from, OutputStream to) {
            try (from) {
                from.transferTo(to);
                to.flush();
            } catch (IOException e) {
                // the client has gone: closing our end gives the process SIGPIPE when it writes, as with sshd
            }
        }

        @Override
        public void setExitCallback(ExitCallback exitCallback) {
            callback = exitCallback;
        }

        @Override
        public void setInputStream(InputStream in) {}

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }
    }
}
