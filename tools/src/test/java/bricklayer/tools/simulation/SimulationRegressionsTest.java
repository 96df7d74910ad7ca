package bricklayer.tools.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories that once broke a promise. Each file says in its first lines what was wrong. */
class SimulationRegressionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"failed-flush.story", "clone-snapshot.story"})
    void keepsEveryPromiseNow(String name) throws IOException, InterruptedException {
        Path story = folder.resolve(name);
        try (var told = getClass().getResourceAsStream(name)) {
            Files.write(story, told.readAllBytes());
        }
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "bricklayer.tools.Main",
                        "simulate",
                        "--replay",
                        story.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).endsWith("every promise was kept\n");
        assertThat(process.waitFor()).isZero();
    }
}
