package bricklayer.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of an accepted operation by looking at {@code /queue/…} ever less often, also across a restart of the server. Once an operation
 * is accepted, whatever keeps us from hearing its end leaves its outcome unknown: it is never told as a refusal.
 */
final class QueueFollower {

    private final Exchange exchange;
    private final Patience patience;
    private final TimeSource time;
    private final OperationWatcher watcher;

    QueueFollower(Exchange exchange, Patience patience, TimeSource time, OperationWatcher watcher) {
        this.exchange = exchange;
        this.patience = patience;
        this.time = time;
        this.watcher = watcher;
    }

    /** What is waited for. */
    private record Followed(String asked, String queue, String key) {

        OutcomeUnknown unknown(String why, @Nullable Throwable cause) {
            return new OutcomeUnknown(
                    asked + " was accepted as " + queue + ", its outcome is not known: " + why, key, queue, cause);
        }
    }

    /**
     * @param accepted an answer with status 202
     * @return the operation's result (status 200), or its end without one (status 204)
     * @throws OperationFailed when the operation failed
     * @throws OutcomeUnknown when it did not end in time, the server stayed away, or no longer knows it
     */
    Answer toItsEnd(Answer accepted, String idempotencyKey) {
        Followed followed = new Followed(accepted.asked(), location(accepted.require(202)), idempotencyKey);
        Answer end = end(followed);
        return end.status() == 303
                ? withoutInterruption(followed, location(end)).require(200)
                : end;
    }

    /**
     * @param asked what was asked for, for messages
     * @return the end itself: status 303, which leads to the result, or 204
     */
    Answer endOf(String asked, String queue, String idempotencyKey) {
        return end(new Followed(asked, queue, idempotencyKey));
    }

    private Answer end(Followed followed) {
        Answer end = waitFor(followed);
        return switch (end.status()) {
            case 204, 303 -> end;
            case 404 ->
                throw followed.unknown(
                        "the server does not know the operation any more: it was restarted, or its result was fetched before",
                        null);
            default -> {
                if (end.status() < 500) {
                    BricklayerException refusal =
                            end.status() >= 400 ? RequestRefused.of(end) : end.unexpected("303 or 204");
                    throw followed.unknown("asking for it was refused: " + refusal.getMessage(), refusal);
                }
                throw new OperationFailed(new Answer(followed.asked(), end.status(), end.headers(), end.body(), ""));
            }
        };
    }

    private Answer waitFor(Followed followed) {
        String operation = followed.queue().substring(followed.queue().lastIndexOf('/') + 1);
        watcher.accepted(operation);
        try {
            return waitFor(followed, operation);
        } finally {
            watcher.ended(operation);
        }
    }

    private Answer waitFor(Followed followed, String operation) {
        long start = time.nanoTime();
        for (int looks = 0; ; looks++) {
            Answer answer = withoutInterruption(followed, followed.queue());
            if (answer.status() != 200 || answer.header("X-Pending").isEmpty()) {
                return answer;
            }
            if (since(start).compareTo(patience.operation()) > 0) {
                throw followed.unknown("not done after " + patience.operation(), null);
            }
            watcher.waiting(operation);
            sleep(followed, looks);
        }
    }

    /** An answer of the server itself; waits for one that went away, or that a proxy before it does not reach. */
    private Answer withoutInterruption(Followed followed, String path) {
        long start = time.nanoTime();
        for (int tries = 0; ; tries++) {
            @Nullable ServerUnreachable lost = null;
            String why;
            try {
                Answer answer = exchange.read(path);
                if (!answer.isFromBefore()) {
                    return answer;
                }
                why = answer.asked() + ": " + answer.errorText() + " (status " + answer.status() + ")";
            } catch (ServerUnreachable e) {
                lost = e;
                why = String.valueOf(e.getMessage());
            }
            if (Thread.currentThread().isInterrupted() || since(start).compareTo(patience.reconnect()) > 0) {
                throw followed.unknown("lost the server: " + why, lost);
            }
            sleep(followed, tries);
        }
    }

    private void sleep(Followed followed, int times) {
        try {
            time.sleep(Exchange.backOff(patience.pollFirst(), times, patience.pollMax()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw followed.unknown("interrupted", e);
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
}
