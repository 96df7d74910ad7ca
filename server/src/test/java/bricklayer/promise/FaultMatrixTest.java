package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.promise.FaultMatrix.Depth;
import bricklayer.promise.FaultMatrix.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The whole promise put to the test: {@link FaultMatrix} for each of {@link Scenarios}, without and with a key. Then {@code docs/promise.md} must say what was run.
 *
 * <p>{@code -Dmatrix=first} tries single faults only, {@code -Dmatrix=whole} all pairs, or with {@code -Dslice=3/16} each sixteenth of them from the fourth on; {@code -Dscenario=text} only scenarios whose name holds the text. The page is compared, and with
 * {@code -Dpromise.write=true} written, when neither is given.
 */
@Timeout(24 * 3600)
class FaultMatrixTest {

    private static final String ONLY = System.getProperty("scenario", "");
    private static final Depth DEPTH =
            Depth.valueOf(System.getProperty("matrix", "default").toUpperCase(Locale.ROOT));
    private static final Slice SLICE = Slice.of(System.getProperty("slice", ""));

    @Test
    void everyScenarioSurvivesEveryFaultAndThePageSaysSo() throws InterruptedException, IOException {
        List<Scenario> scenarios = Scenarios.all();
        assertThat(scenarios).extracting(Scenario::name).doesNotHaveDuplicates();
        AssertionError failed = new AssertionError("the promise is broken");
        Map<Integer, PromisePage.Row> rows = new TreeMap<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<PromisePage.Row>> running = IntStream.range(0, scenarios.size())
                    .filter(i -> scenarios.get(i).name().contains(ONLY))
                    .mapToObj(i -> threads.submit((Callable<PromisePage.Row>) () -> row(scenarios.get(i), i)))
                    .toList();
            for (Future<PromisePage.Row> future : running) {
                try {
                    PromisePage.Row row = future.get();
                    System.out.println(row.line());
                    rows.put(rows.size(), row);
                } catch (ExecutionException e) {
                    failed.addSuppressed(e);
                    tell(Objects.requireNonNullElse(e.getCause(), e));
                }
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
        System.out.println(PromisePage.total(List.copyOf(rows.values())));
        if (ONLY.isEmpty() && DEPTH == Depth.DEFAULT && SLICE.equals(Slice.ALL)) {
            pageMustSay(PromisePage.text(List.copyOf(rows.values())));
        }
    }

    private static void tell(Throwable broken) {
        System.out.println(broken.getMessage());
        for (Throwable also : broken.getSuppressed()) {
            System.out.println(also.getMessage());
        }
    }

    private static PromisePage.Row row(Scenario scenario, int turn) {
        return PromisePage.Row.of(
                scenario,
                new FaultMatrix(scenario, false, DEPTH, turn, SLICE).run(),
                scenario.asked()
                        ? Optional.of(new FaultMatrix(scenario, true, DEPTH, turn, SLICE).run())
                        : Optional.empty());
    }

    private static void pageMustSay(String text) throws IOException {
        Path page = Path.of("..", "docs", "promise.md");
        String again = "-Dtest=FaultMatrixTest -Dpromise.write=true";
        if (Boolean.getBoolean("promise.write")) {
            Files.writeString(page, text);
        }
        assertThat(page).as("write it with " + again).exists();
        assertThat(Files.readString(page))
                .as("it is stale; write it again with " + again)
                .isEqualTo(text);
    }
}
