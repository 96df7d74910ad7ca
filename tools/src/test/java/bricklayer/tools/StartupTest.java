package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What makes the program start quickly is whole and changes nothing. */
class StartupTest {

    private static final int JAVA_8 = 52;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Surroundings surroundings(PrintWriter errors) {
        return new Surroundings(
                Map.of(),
                folder,
                "",
                false,
                Terminal.NONE,
                new PrintWriter(Writer.nullWriter()),
                errors,
                new bricklayer.client.TestTime(),
                new SplittableRandom(1));
    }

    @Test
    void everyCommandOfTheRehearsalSucceeds() throws IOException {
        StringWriter errors = new StringWriter();

        List<List<String>> failed = Rehearsal.run(folder, surroundings(new PrintWriter(errors, true)));

        assertThat(failed).as(errors.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "volume list, true",
        "--server http://x:1 volume list --json, true",
        "topology load file, true",
        "server operations list, true",
        "server, true",
        "volume set-block-hosting-restriction locked 1, true",
        "node rmtags 1 a, true",
        "volume, false",
        "volume shrink, false",
        "volume list --help, false",
        "completion bash, true",
        "man volume, false",
        "'', false"
    })
    void aRunDescribesOnlyWhatItNamesWhereThatIsEnough(String line, boolean enough) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        Surroundings surroundings = surroundings(new PrintWriter(Writer.nullWriter()));
        CommandLine named = Main.set(Commands.named(surroundings, args), surroundings);

        assertThat(Commands.areEnough(named, args)).isEqualTo(enough);
    }

    @Test
    void libraryClassesAreWrittenAgainSoThatTheCacheTakesThemAndWorkAsBefore() throws Exception {
        Path library = Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path written = folder.resolve("modern.jar");

        ModernClasses.write(library, written);

        List<String> old = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (JarFile jar = new JarFile(written.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                names.add(entry.getName());
                try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                    in.readInt();
                    in.readUnsignedShort();
                    if (in.readUnsignedShort() < JAVA_8) {
                        old.add(entry.getName());
                    }
                }
            }
        }
        assertThat(old).isEmpty();
        try (JarFile jar = new JarFile(library.toFile())) {
            assertThat(names)
                    .hasSizeGreaterThan(150)
                    .containsAll(jar.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.startsWith("picocli/") && name.endsWith(".class"))
                            .toList());
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {written.toUri().toURL()}, null)) {
            for (String name : names) {
                // initialising verifies every method
                Class<?> type =
                        Class.forName(name.replace('/', '.').replace(".class", ""), !name.contains("groovy"), loader);
                assertThat(type.getName()).isNotEmpty();
            }
        }
    }
}
