package bricklayer.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** The way to one reader of server-sent events. Written to by one thread; may be cut by another. */
public final class EventConnection {

    private final OutputStream out;
    private final HttpServletRequest request;

    EventConnection(OutputStream out, HttpServletRequest request) {
        this.out = out;
        this.request = request;
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
        EndPoint end = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        while (end instanceof EndPoint.Wrapper wrapper) {
            end = wrapper.unwrap();
        }
        end.close(new TimeoutException(why));
    }
}
