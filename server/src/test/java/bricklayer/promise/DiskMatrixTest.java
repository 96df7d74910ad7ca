package bricklayer.promise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every scenario with its records on a disk that fails at every write. */
@Timeout(3600)
class DiskMatrixTest {

    private static final String ONLY = System.getProperty("scenario", "");

    @TestFactory
    Stream<DynamicTest> everyScenario() {
        return Scenarios.all().stream()
                .filter(scenario -> scenario.name().contains(ONLY))
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> {
                    DiskMatrix.Result result = DiskMatrix.of(scenario).run();
                    System.out.printf(
                            "%s: %d writes, %d runs on a failing disk, no leak%n",
                            scenario.name(), result.writes(), result.runs());
                    assertThat(result.writes()).isPositive();
                }));
    }
}
