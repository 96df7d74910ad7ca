package bricklayer.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to one reader of server-sent events. Written to by one thread; may be cut by another. */
public final class EventConnection {

    private static final Logger LOG = LoggerFactory.getLogger(EventConnection.class);

    /** Room in the kernel. By itself it would take in megabytes before a reader that takes nothing is noticed. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    private final OutputStream out;
    private final HttpServletRequest request;

    EventConnection(OutputStream out, HttpServletRequest request) {
        this.out = out;
        this.request = request;
        if (endPoint().getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            } catch (IOException e) {
                LOG.debug("the send buffer stays as it is", e);
            }
        }
    }

    /**
     * Takes as long as the reader does to make room.
     *
     * @throws IOException when it went away, or was cut
     */
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Sends what was written. */
    public void flush() throws IOException {
        out.flush();
    }

    /** Closes the connection under the hands of whoever writes to it. Without the courtesies of TLS, for they wait for the reader, too. */
    public void cut(String why) {
        endPoint().close(new TimeoutException(why));
    }

    /** The socket's own, below that of TLS. */
    private EndPoint endPoint() {
        EndPoint end = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        while (end instanceof EndPoint.Wrapper wrapper) {
            end = wrapper.unwrap();
        }
        return end;
    }
}
