package bricklayer.tools.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code bricklayer simulate}, as a person starts it. {@code -Dseeds=N} runs more seeds, {@code -Dseed=S} others. */
class SimulationTest {

    private static final int FIXED_SEEDS = 200;

    /** For new seeds. */
    private static final String MINUTES = "0.33";

    private record Ended(int status, String output) {}

    private static Ended simulate(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "bricklayer.tools.Main",
                "simulate"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @Test
    void theSameSeedsAsEverPass() throws Exception {
        long first = Long.getLong("seed", 1);
        int seeds = Integer.getInteger("seeds", FIXED_SEEDS);

        Ended ended = simulate("--seed", Long.toString(first), "--seeds", Integer.toString(seeds));

        System.out.println(ended.output());
        assertThat(ended.output()).contains(seeds + " seeds from " + first + ": every promise was kept");
        assertThat(ended.status()).isZero();
    }

    @Test
    void newSeedsPass() throws Exception {
        long first = new Random().nextInt(Integer.MAX_VALUE);
        System.out.println("SimulationTest: new seeds from " + first);

        Ended ended = simulate("--seed", Long.toString(first), "--minutes", MINUTES);

        System.out.println(ended.output());
        assertThat(ended.status()).as("new seeds from %s", first).isZero();
    }

    @Test
    void theSameSeedGivesTheSameTraceToTheByteInAnotherProcess() throws Exception {
        for (String seed : List.of("3", "18", "20")) {
            Ended once = simulate("--seed", seed, "--trace");
            Ended again = simulate("--seed", seed, "--trace");

            assertThat(once.output().lines().count()).isGreaterThan(100);
            assertThat(again.output()).isEqualTo(once.output());
        }
    }

    @Test
    void aDiskThatIgnoresFlushesIsNoticedAndTheStoryIsShort() throws Exception {
        Ended ended = simulate("--seed", "1", "--seeds", "100", "--lying-disk", "--json");

        assertThat(ended.status()).isEqualTo(1);
        JsonNode failure = new JsonMapper().readTree(ended.output()).at("/failures/0");
        String story = failure.at("/story").asText();
        assertThat(story).contains("SERVER_POWER_CUT");
        assertThat(story.lines().count())
                .isLessThan(
                        Simulation.story(failure.at("/seed").asLong()).lines().count() / 2);
        assertThat(failure.at("/trace").asText()).contains("server loses power");
    }
}
