package bricklayer.tools;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, made from what its help is made from, in the language of man(7). */
final class ManPage {

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    /** Such as {@code bricklayer-volume-create}. */
    static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    static String of(CommandLine command, String version) {
        return new ManPage().write(command, version);
    }

    private String write(CommandLine command, String version) {
        CommandSpec spec = command.getCommandSpec();
        List<String> about = Arrays.stream(spec.usageMessage().description())
                .map(ManPage::plain)
                .toList();
        macro("TH", name(command).toUpperCase(Locale.ROOT), "1", "", "Bricklayer " + version, "Bricklayer");
        macro("SH", "NAME");
        text(name(command) + " - " + (about.isEmpty() ? "Bricklayer" : about.getFirst()));
        macro("SH", "SYNOPSIS");
        text(plain(command.getHelp().synopsis(0)).replaceAll("\\s+", " ").strip());
        if (!about.isEmpty()) {
            macro("SH", "DESCRIPTION");
            about.forEach(line -> {
                text(line);
                macro("br");
            });
        }
        arguments(spec);
        options(
                "OPTIONS",
                spec.options().stream().filter(option -> !option.inherited()).toList());
        options(
                "OPTIONS OF EVERY COMMAND",
                spec.options().stream().filter(OptionSpec::inherited).toList());
        commands(command);
        if (command.getParent() == null) {
            macro("SH", "ENVIRONMENT AND MORE");
            Arrays.stream(spec.usageMessage().footer()).map(ManPage::plain).forEach(line -> {
                text(line.strip());
                macro("br");
            });
        } else {
            example(spec);
            macro("SH", "SEE ALSO");
            text(name(command.getParent()) + "(1)");
        }
        return page.toString();
    }

    private void example(CommandSpec spec) {
        String[] lines = spec.usageMessage().footer();
        if (lines.length > 0) {
            macro("SH", "EXAMPLE");
            macro("nf");
            Arrays.stream(lines).flatMap(String::lines).map(ManPage::plain).forEach(this::text);
            macro("fi");
        }
    }

    private void arguments(CommandSpec spec) {
        if (!spec.positionalParameters().isEmpty()) {
            macro("SH", "ARGUMENTS");
            for (PositionalParamSpec parameter : spec.positionalParameters()) {
                item(parameter.paramLabel(), plain(String.join(" ", parameter.description())));
            }
        }
    }

    private void options(String title, List<OptionSpec> options) {
        List<OptionSpec> shown =
                options.stream().filter(option -> !option.hidden()).toList();
        if (!shown.isEmpty()) {
            macro("SH", title);
            for (OptionSpec option : shown) {
                String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
                String names = Arrays.stream(option.names())
                        .map(name -> name.startsWith("--") ? name + value : name)
                        .collect(Collectors.joining(", "));
                // as the help shows it, with what stands for other values filled in
                String about = Arrays.stream(option.description())
                        .map(line -> line.replace(
                                "${COMPLETION-CANDIDATES}",
                                option.completionCandidates() == null
                                        ? ""
                                        : String.join(", ", option.completionCandidates())))
                        .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue())))
                        .map(ManPage::plain)
                        .collect(Collectors.joining(" "));
                item(names, about);
            }
        }
    }

    private void commands(CommandLine command) {
        if (!command.getSubcommands().isEmpty()) {
            macro("SH", "COMMANDS");
            new TreeMap<>(command.getSubcommands()).forEach((name, sub) -> {
                if (name.equals(sub.getCommandName())
                        && !sub.getCommandSpec().usageMessage().hidden()) {
                    item(
                            name(sub) + "(1)",
                            plain(String.join(
                                    " ", sub.getCommandSpec().usageMessage().description())));
                }
            });
        }
    }

    private void item(String term, String about) {
        macro("TP");
        page.append("\\fB").append(escaped(term)).append("\\fR\n");
        text(about.isBlank() ? term : about);
    }

    private void macro(String name, String... values) {
        page.append('.').append(name);
        for (String value : values) {
            page.append(" \"").append(escaped(value).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    /** A line that begins with a dot or quote would be a command. */
    private void text(String line) {
        String escaped = escaped(line);
        page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("\\R", " ");
    }

    /** Without what picocli would make of it: colours and line ends. */
    private static String plain(String text) {
        return Ansi.OFF.string(text.replace("%n", " ").replace("%%", "%"));
    }
}
