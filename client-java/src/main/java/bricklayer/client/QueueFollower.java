package bricklayer.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for the end of an accepted operation by looking at {@code /queue/…} ever less often, also across a restart of the server. */
final class QueueFollower {

    private final Exchange exchange;
    private final Patience patience;
    private final TimeSource time;

    QueueFollower(Exchange exchange, Patience patience, TimeSource time) {
        this.exchange = exchange;
        this.patience = patience;
        this.time = time;
    }

    /**
     * @param accepted an answer with status 202
     * @return the operation's result (status 200), or its end without one (status 204)
     * @throws OperationFailed when the operation failed
     * @throws OutcomeUnknown when it did not end in time, the server stayed away, or no longer knows it
     */
    Answer toItsEnd(Answer accepted, String idempotencyKey) {
        String queue = location(accepted.require(202));
        Answer end = waitFor(accepted.asked(), queue, idempotencyKey);
        return switch (end.status()) {
            case 204 -> end;
            case 303 -> exchange.read(location(end)).require(200);
            case 404 ->
                throw unknown(
                        accepted.asked(),
                        "the server does not know the operation any more: it was restarted, or its result was fetched before",
                        idempotencyKey,
                        queue,
                        null);
            default ->
                throw end.status() >= 500
                        ? new OperationFailed(new Answer(accepted.asked(), end.response()))
                        : RequestRefused.of(end);
        };
    }

    private Answer waitFor(String asked, String queue, String idempotencyKey) {
        long start = time.nanoTime();
        long lastAnswer = start;
        for (int looks = 0; ; looks++) {
            try {
                Answer answer = exchange.read(queue);
                lastAnswer = time.nanoTime();
                if (answer.status() != 200 || answer.header("X-Pending").isEmpty()) {
                    return answer;
                }
            } catch (ServerUnreachable e) {
                if (Thread.currentThread().isInterrupted() || since(lastAnswer).compareTo(patience.reconnect()) > 0) {
                    throw unknown(asked, "lost the server: " + e.getMessage(), idempotencyKey, queue, e);
                }
            }
            if (since(start).compareTo(patience.operation()) > 0) {
                throw unknown(asked, "not done after " + patience.operation(), idempotencyKey, queue, null);
            }
            try {
                time.sleep(Exchange.backOff(patience.pollFirst(), looks, patience.pollMax()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unknown(asked, "interrupted", idempotencyKey, queue, e);
            }
        }
    }

    private Duration since(long nanoTime) {
        return Duration.ofNanos(time.nanoTime() - nanoTime);
    }

    private static String location(Answer answer) {
        return answer.header("Location")
                .filter(path -> path.startsWith("/"))
                .orElseThrow(() -> new UnexpectedAnswer(
                        answer.asked() + ": status " + answer.status() + " without a path in Location", null));
    }

    private static OutcomeUnknown unknown(
            String asked, String why, String idempotencyKey, String queue, @Nullable Throwable cause) {
        return new OutcomeUnknown(
                asked + " was accepted as " + queue + ", its outcome is not known: " + why,
                idempotencyKey,
                queue,
                cause);
    }
}
