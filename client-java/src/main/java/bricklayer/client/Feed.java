package bricklayer.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A body that is read as it comes, a part at a time: the next is asked for when the one before was taken, so nothing piles up here. */
final class Feed implements BodySubscriber<Object>, AutoCloseable {

    /** What came: bytes, or the end, with or without a cause. */
    private record Part(
            List<ByteBuffer> bytes, boolean end, @Nullable Throwable failure) {}

    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private Flow.@Nullable Subscription subscription; // guarded by this
    private boolean closed;

    @Override
    public CompletionStage<Object> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription from) {
        subscription = from;
        if (closed) {
            from.cancel();
        } else {
            from.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        parts.add(new Part(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        parts.add(new Part(List.of(), true, null));
    }

    /**
     * The next part.
     *
     * @return empty at the end
     * @throws IOException when the connection broke, or nothing came for so long
     */
    List<ByteBuffer> next(Duration longest) throws IOException, InterruptedException {
        Part part = parts.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (part == null) {
            close();
            throw new IOException("nothing came for " + longest.toSeconds() + " s");
        }
        if (part.failure() != null) {
            throw new IOException(String.valueOf(part.failure().getMessage()), part.failure());
        }
        if (part.end()) {
            parts.add(part); // it stays the end
            return List.of();
        }
        synchronized (this) {
            if (subscription != null && !closed) {
                subscription.request(1);
            }
        }
        return part.bytes();
    }

    /** Ends the connection; whoever waits for a part is told the end. */
    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
        parts.add(new Part(List.of(), true, null));
    }
}
