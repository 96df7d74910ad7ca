package bricklayer.executor.ssh;

import com.jcraft.jsch.Session;
import java.time.Instant;

/** A connection and who uses it. Once retired it takes no new users, and the last one to leave closes it. Thread-safe. */
final class Connection {

    private final Session session;
    private int users;
    private boolean retired;
    private Instant unusedSince;

    Connection(Session session, Instant now) {
        this.session = session;
        this.unusedSince = now;
    }

    Session session() {
        return session;
    }

    /** Whether the caller may use the connection, and must then {@link #leave} it. */
    synchronized boolean enter() {
        if (retired || !session.isConnected()) {
            return false;
        }
        users++;
        return true;
    }

    synchronized void leave(Instant now) {
        users--;
        unusedSince = now;
        closeIfDone();
    }

    synchronized void retire() {
        retired = true;
        closeIfDone();
    }

    synchronized boolean unusedSince(Instant moment) {
        return users == 0 && unusedSince.isBefore(moment);
    }

    private void closeIfDone() {
        if (retired && users == 0) {
            session.disconnect();
        }
    }
}
