package bricklayer.functional.kube;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** The server's side of one command: channels 1 and 2 carry what it says, channel 3 how it ended; then the stream is closed. */
public final class ExecSession extends Session.Listener.AbstractAutoDemanding {

    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int STATUS = 3;
    private static final int NORMAL_CLOSURE = 1000;
    private static final int SEND_SECONDS_MAX = 120;

    private final Backend backend;
    private final String pod;
    private final List<String> argv;
    private final Trouble.@Nullable Kind trouble;
    private final AtomicInteger running;

    ExecSession(Backend backend, String pod, List<String> argv, Trouble.@Nullable Kind trouble, AtomicInteger running) {
        this.backend = backend;
        this.pod = pod;
        this.argv = argv;
        this.trouble = trouble;
        this.running = running;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        Thread.ofVirtual().name("pod " + pod).start(() -> run(session));
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        if (trouble != Trouble.Kind.SILENT) {
            getSession().sendPong(payload, Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // the client has gone: whoever writes to it hears of it
    }

    private void run(Session session) {
        running.incrementAndGet();
        try {
            if (trouble == Trouble.Kind.RUNTIME_FAILS) {
                send(session, STATUS, status("InternalError", "error executing command in container: it hiccuped", ""));
                session.close(NORMAL_CLOSURE, "", Callback.NOOP);
                return;
            }
            int status = backend.run(pod, argv, channel(session, OUT), channel(session, ERR));
            if (trouble == Trouble.Kind.SILENT || trouble == Trouble.Kind.DROPPED) {
                return;
            }
            if (trouble != Trouble.Kind.NO_STATUS) {
                send(
                        session,
                        STATUS,
                        status == 0
                                ? "{\"metadata\":{},\"status\":\"Success\"}"
                                : status(
                                        "NonZeroExitCode",
                                        "command terminated with non-zero exit code: error executing command",
                                        ",\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"" + status
                                                + "\"}]}"));
            }
            session.close(NORMAL_CLOSURE, "", Callback.NOOP);
        } catch (IOException e) {
            session.disconnect();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            running.decrementAndGet();
        }
    }

    private static String status(String reason, String message, String details) {
        return "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"" + message + "\",\"reason\":\"" + reason + "\""
                + details + "}";
    }

    private OutputStream channel(Session session, int channel) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (trouble == Trouble.Kind.DROPPED) {
                    session.disconnect();
                    throw new IOException("dropped on purpose");
                }
                if (trouble != Trouble.Kind.SILENT && length > 0) {
                    frame(session, channel, bytes, from, length);
                }
            }
        };
    }

    private static void send(Session session, int channel, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        frame(session, channel, bytes, 0, bytes.length);
    }

    private static void frame(Session session, int channel, byte[] bytes, int from, int length) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(length + 1);
        message.put((byte) channel).put(bytes, from, length).flip();
        Callback.Completable sent = new Callback.Completable();
        synchronized (session) {
            session.sendBinary(message, sent);
            try {
                sent.get(SEND_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new IOException("nobody listens any more", e);
            }
        }
    }
}
