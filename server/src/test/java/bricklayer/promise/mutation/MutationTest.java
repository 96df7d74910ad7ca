package bricklayer.promise.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.promise.Probe;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A test of the tests: with each of the {@link Mutation}s the test that it names must fail, and without it pass. The broken class is compiled in memory from the source with one place replaced; product and
 * tests are then loaded anew around it.
 */
class MutationTest {

    private static final int LEAST = 14;
    private static final long PATIENCE_SECONDS = 300;

    @Test
    void thereAreEnough() throws IOException {
        assertThat(Mutation.all()).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(Mutation.all()).extracting(Mutation::title).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> everyMutationIsNoticed() throws IOException {
        return Mutation.all().stream()
                .map(mutation -> DynamicTest.dynamicTest(mutation.title(), () -> {
                    Map<String, byte[]> broken = Compiled.classes(mutation.className(), mutation.applied());
                    Optional<Throwable> noticed = failure(mutation.caughtBy(), broken);
                    assertThat(noticed)
                            .as("%s: `%s` must fail", mutation.name(), mutation.caughtBy())
                            .isPresent();
                    System.out.printf(
                            "mutation caught: %s%n    by %s: %s%n",
                            mutation.title(), mutation.caughtBy(), shortened(noticed.orElseThrow()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> withoutThemTheSameTestsPass() throws IOException {
        List<String> tests =
                Mutation.all().stream().map(Mutation::caughtBy).distinct().toList();
        return tests.stream()
                .map(test -> DynamicTest.dynamicTest(
                        test, () -> assertThat(failure(test, Map.of())).isEmpty()));
    }

    /** How a test fails with some classes changed; empty when it passes. One that does not end has failed as well. */
    private static Optional<Throwable> failure(String test, Map<String, byte[]> changed) throws InterruptedException {
        FutureTask<Optional<Throwable>> run = new FutureTask<>(() -> {
            try {
                new OwnClasses(changed)
                        .loadClass(Probe.class.getName())
                        .getMethod("run", String.class)
                        .invoke(null, test);
                return Optional.empty();
            } catch (InvocationTargetException e) {
                return Optional.ofNullable(e.getCause());
            }
        });
        Thread thread = Thread.ofPlatform().daemon().name("probe").start(run);
        try {
            return run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return Optional.of(e);
        } catch (ExecutionException e) {
            throw new AssertionError("the test " + test + " cannot be run", e.getCause());
        }
    }

    private static String shortened(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
        return text.substring(0, Math.min(text.length(), 240));
    }
}
