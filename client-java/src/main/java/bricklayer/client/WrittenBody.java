package bricklayer.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Writes a body to a stream as it comes, no faster than the stream takes it, and keeps none of it. Leaves the stream open. */
final class WrittenBody implements BodySubscriber<byte[]> {

    private final OutputStream out;
    private final CompletableFuture<byte[]> end = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    WrittenBody(OutputStream out) {
        this.out = out;
    }

    /** The stream, not the connection, failed. */
    static final class NotTaken extends RuntimeException {

        private final Exception why;

        NotTaken(Exception why) {
            super(why);
            this.why = why;
        }

        /** What the caller is to see. */
        RuntimeException told(String asked) {
            return why instanceof RuntimeException own
                    ? own
                    : new UncheckedIOException(asked + ": cannot write the answer", (IOException) why);
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        Subscription source = subscription;
        if (source == null || end.isDone()) {
            return;
        }
        try {
            for (ByteBuffer part : parts) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                out.write(bytes);
            }
            source.request(1);
        } catch (IOException | RuntimeException e) {
            source.cancel();
            end.completeExceptionally(new NotTaken(e));
        }
    }

    @Override
    public void onError(Throwable e) {
        end.completeExceptionally(e);
    }

    @Override
    public void onComplete() {
        try {
            out.flush();
            end.complete(new byte[0]);
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(new NotTaken(e));
        }
    }
}
