package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.tools.bench.report.BenchReport;
import bricklayer.tools.bench.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchScenariosTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Cli.Ended bench(String words) {
        List<String> all = new ArrayList<>(List.of("bench", "run"));
        all.addAll(List.of(words.split(" ")));
        try (Cli cli = new Cli(folder, false)) {
            return cli.run(all.toArray(new String[0]));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    smoke nonsense                 | no scenario nonsense; there are smoke, phases
                    smoke --clients 0              | numbers must be at least 1
                    smoke --runs 0                 | numbers must be at least 1
                    smoke --seconds 0              | numbers must be at least 1
                    smoke --burst 0                | numbers must be at least 1
                    smoke --volumes 0              | numbers must be at least 1
                    smoke --in-flight 0            | numbers must be at least 1
                    smoke --rate -1                | a rate, and the time of commands, may be 0
                    smoke --command-ms -1          | a rate, and the time of commands, may be 0
                    smoke --volumes many           | --volumes
                    smoke --heap 2x                | --heap 2x: wanted is a size
                    smoke --nodes 3                | --nodes 3: wanted are three numbers
                    smoke --nodes 1x3x             | --nodes 1x3x: wanted are three numbers
                    smoke --nodes 1x3x2x1          | --nodes 1x3x2x1: wanted are three numbers
                    smoke --nodes 1x2x4            | at least 3 nodes of each
                    smoke --nodes 0x3x4            | 1 to 256 clusters
                    smoke --nodes 257x3x4          | 1 to 256 clusters
                    smoke --nodes 1x3x0            | 1 to 25 devices
                    smoke --nodes 1x3x26           | 1 to 25 devices
                    smoke --nodes 99999x99999x9999 | --nodes 99999x99999x9999
                    --server http://h:1 phases     | phases is for a server that is started here
                    --server http:// smoke         | --server
                    smoke --peer none.json         | cannot read none.json
                    """)
    void refusesWhatCannotBeRunAndMakesNothing(String words, String why) throws IOException {
        Cli.Ended ended = bench(words);

        assertThat(ended.status()).isNotZero();
        assertThat(ended.err()).contains(why).doesNotContain("Exception");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void showsFiguresOfASmallRunAndDoesNotJudgeThem() throws IOException {
        Cli.Ended ended = bench("lists --quick --nodes 2x3x2 --heap 256m");

        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("not judged: small run +memory for GET /volumes and /db/dump at full +[0-9.]+ MiB")
                .contains("see bench diff", "see the lab")
                .doesNotContainPattern(" (met|missed) ");
        BenchReport report = BenchReport.read(folder.resolve("bench/bench.json"));
        assertThat(report.figure("lists", "collections in their course").map(Figure::median))
                .hasValueSatisfying(times -> assertThat(times).isGreaterThanOrEqualTo(3));
        assertThat(Files.readString(folder.resolve("bench/bench.html"))).contains("not judged: small run");
        assertThat(folder.resolve("bench/work")).doesNotExist();
    }
}
