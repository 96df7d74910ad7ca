package bricklayer.executor.ssh;

import bricklayer.executor.remote.CappedOutput;
import bricklayer.executor.remote.RemoteCommand;
import bricklayer.host.CommandResult;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One command on one channel of an open connection. */
final class Exchange {

    /** What JSch says when a channel did not open. These come before it sends the command; its other messages may come after. */
    private static final Set<String> NOT_SENT_YET =
            Set.of("channel is not opened.", "session is down", "session is not available");

    sealed interface Outcome {}

    /** The command was sent. */
    record Answered(CommandResult result) implements Outcome {}

    /** It may have been, and the connection broke under it: JSch can take that for a living one for a while. */
    record Broken(CommandResult result) implements Outcome {}

    /** It was not, for certain: the host refuses a channel at the moment. */
    record ChannelRefused() implements Outcome {}

    /** It was not, for certain: the connection is down or does not react. */
    record ConnectionUseless(String why) implements Outcome {}

    private final Session session;
    private final RemoteCommand command;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean outputComplete = new AtomicBoolean();

    Exchange(Session session, RemoteCommand command) {
        this.session = session;
        this.command = command;
    }

    Outcome run(int outputLimit) {
        Optional<ChannelExec> maybe = channel();
        if (maybe.isEmpty()) {
            return new ConnectionUseless("the connection is down");
        }
        ChannelExec channel = maybe.get();
        // JSch closes standard output when the host says that all of it was sent, and standard error when the channel
        // is closed.
        CappedOutput out =
                new CappedOutput(outputLimit, () -> outputComplete.compareAndSet(false, !channel.isClosed()));
        CappedOutput err = new CappedOutput(outputLimit, closed::countDown);
        channel.setInputStream(null);
        channel.setOutputStream(out);
        channel.setErrStream(err);
        channel.setCommand(command.text());
        try {
            // Without a time limit JSch waits 20 s for the channel. With one it also asks the host to confirm the
            // command and looks for the
            // answer every 10 ms, swallowing interrupts, which makes short commands several times slower.
            channel.connect(0);
        } catch (JSchException e) {
            return notOpened(channel, e);
        }
        try {
            if (!closed.await(command.waitFor().toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answered(command.unanswered());
            }
            return new Answered(result(channel, out, err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted while waiting for the answer");
        } finally {
            channel.disconnect();
        }
    }

    private Optional<ChannelExec> channel() {
        try {
            return Optional.ofNullable((ChannelExec) session.openChannel("exec"));
        } catch (JSchException e) {
            return Optional.empty();
        }
    }

    private Outcome notOpened(ChannelExec channel, JSchException e) {
        if (!NOT_SENT_YET.contains(String.valueOf(e.getMessage()))) {
            return new Broken(new CommandResult.Unknown(
                    "the connection broke while the command was being sent: " + e.getMessage()));
        }
        if (!session.isConnected()) {
            return new ConnectionUseless("the connection is down");
        }
        // JSch marks a refused channel as closed; one that merely got no answer stays as it was
        return channel.isClosed() ? new ChannelRefused() : new ConnectionUseless("the host does not react");
    }

    private CommandResult result(ChannelExec channel, CappedOutput out, CappedOutput err) {
        int status = channel.getExitStatus();
        boolean connected = session.isConnected();
        if (status < 0 && connected) {
            String signal = channel.getExitSignal();
            return new CommandResult.Unknown(
                    "the host gave no exit status" + (signal == null ? "" : ", but signal " + signal));
        }
        if (status < 0 || (!connected && !outputComplete.get())) {
            return new CommandResult.Unknown("the connection was lost while the command ran");
        }
        return command.ended(status, out, err);
    }

    private static Answered unknown(String why) {
        return new Answered(new CommandResult.Unknown(why));
    }
}
