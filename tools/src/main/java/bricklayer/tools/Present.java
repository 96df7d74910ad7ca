package bricklayer.tools;

import bricklayer.client.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Things asked for one by one, as lists of ids have it, some of them at once. What is deleted meanwhile is left out. */
final class Present {

    /** So that thousands are quick even from far away, and the server still has room for others. */
    private static final int AT_ONCE = 8;

    private Present() {}

    /** In the order of the ids. */
    static <T> List<T> of(List<String> ids, Function<String, T> one) {
        if (ids.size() < 2) {
            return ids.stream().flatMap(id -> ask(id, one).stream()).toList();
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(
                Math.min(AT_ONCE, ids.size()), Thread.ofVirtual().factory())) {
            try {
                List<Future<Optional<T>>> asked = new ArrayList<>();
                ids.forEach(id -> asked.add(executor.submit(() -> ask(id, one))));
                List<T> found = new ArrayList<>();
                for (Future<Optional<T>> answer : asked) {
                    answer.get().ifPresent(found::add);
                }
                return found;
            } catch (ExecutionException e) {
                executor.shutdownNow();
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new CommandFailed("interrupted; nothing was changed");
            }
        }
    }

    private static <T> Optional<T> ask(String id, Function<String, T> one) {
        try {
            return Optional.of(one.apply(id));
        } catch (NotFound gone) {
            return Optional.empty();
        }
    }
}
