package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/cli.md} names every command with its flags, and none that is not there. */
class CommandTableTest {

    private static final Path PAGE = Path.of("..", "docs", "cli.md");

    /** Heketi's command, ours, our flags, what differs. */
    private static final Pattern ROW = Pattern.compile("\\| (.*?) \\| (.*?) \\| (.*?) \\| (.*?) ?\\|");

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** Each command that does something, with its own flags as the page should show them. */
    private Map<String, String> commands() {
        try (Cli cli = new Cli(folder, false)) {
            Map<String, String> found = new TreeMap<>();
            collect(cli.commandLine(nowhere(), nowhere()), "", found);
            return found;
        }
    }

    private static PrintWriter nowhere() {
        return new PrintWriter(Writer.nullWriter());
    }

    private static void collect(CommandLine command, String name, Map<String, String> found) {
        if (!(command.getCommand() instanceof Group)) {
            found.put(
                    name,
                    command.getCommandSpec().options().stream()
                            .filter(option -> !option.hidden() && !option.inherited() && !Waiting.isOne(option))
                            .map(OptionSpec::longestName)
                            // goes with --json, as the page says once
                            .filter(flag -> !flag.equals("--output")
                                    || command.getCommandSpec()
                                            .findOption("--json")
                                            .hidden())
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
        command.getSubcommands().forEach((word, sub) -> {
            if (word.equals(sub.getCommandName())) {
                collect(sub, (name + " " + word).strip(), found);
            }
        });
    }

    private static List<MatchResult> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.toMatchResult())
                .toList();
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /** Up to the first argument. */
    private static String words(String usage) {
        List<String> words = new ArrayList<>();
        for (String word : usage.split(" ", -1)) {
            if (!word.matches("[a-z-]+") || word.startsWith("-")) {
                break;
            }
            words.add(word);
        }
        return String.join(" ", words);
    }

    @Test
    void thePageNamesTheCommandsWithTheirFlagsAndNoOthers() throws IOException {
        Map<String, String> named = new TreeMap<>();
        for (MatchResult row : rows()) {
            for (String usage : code(row.group(2))) {
                named.put(words(usage), String.join(" ", new TreeSet<>(code(row.group(3)))));
            }
        }

        assertThat(named).isEqualTo(commands());
    }

    @Test
    void whatHeketiHasIsThereUnderTheSameNameOrSaidToBeMissing() throws IOException {
        List<String> same = new ArrayList<>();
        for (MatchResult row : rows()) {
            for (String usage : code(row.group(1))) {
                if (code(row.group(2)).isEmpty()) {
                    assertThat(row.group(4)).as(usage).isNotBlank();
                } else {
                    same.add(words(usage));
                }
            }
        }

        assertThat(same).hasSizeGreaterThan(45).isSubsetOf(commands().keySet());
    }

    @Test
    void theShellCompletesEveryCommandAndFlag() {
        try (Cli cli = new Cli(folder, false)) {
            commands().forEach((name, flags) -> {
                List<String> path = name.isEmpty() ? List.of() : List.of(name.split(" "));
                for (int i = 0; i < path.size(); i++) {
                    assertThat(completed(cli, path.subList(0, i), "")).as(name).contains(path.get(i));
                }
                if (!flags.isEmpty()) {
                    assertThat(completed(cli, path, "--")).as(name).contains(flags.split(" "));
                }
            });
        }
    }

    private static List<String> completed(Cli cli, List<String> before, String begun) {
        List<String> words = new ArrayList<>(List.of("__complete"));
        words.addAll(before);
        words.add(begun);
        return cli.run(words.toArray(String[]::new))
                .out()
                .lines()
                .map(line -> line.replaceFirst("\t.*", ""))
                .toList();
    }
}
