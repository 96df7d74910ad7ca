package bricklayer.tools;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may come next on a command line. The scripts of all shells ask for it with {@value #COMMAND} and the words so far, of which the last may be begun or empty.
 *
 * <p>Each line of the answer is a candidate, and what it is after a tab; {@value #FILES} stands for the names of files. Whatever goes wrong, there are only fewer of them.
 */
final class Completion {

    static final String COMMAND = "__complete";
    static final String FILES = ":files";

    private final Surroundings surroundings;
    private final List<String> before;
    private final String begun;
    private CommandLine command;
    private int positionals;
    private @Nullable OptionSpec unfinished;
    private boolean onlyPositionals;

    private Completion(Surroundings surroundings, List<String> words) {
        this.surroundings = surroundings;
        this.before = words.subList(0, Math.max(0, words.size() - 1));
        this.begun = words.isEmpty() ? "" : words.getLast();
        this.command = Main.set(
                before.isEmpty()
                        ? Commands.all(surroundings)
                        : Commands.namedAmongAll(surroundings, before.toArray(String[]::new)),
                surroundings);
    }

    /** The lines for these words, which come after the program's name. */
    static List<String> of(Surroundings surroundings, List<String> words) {
        Completion completion = new Completion(surroundings, words);
        completion.before.forEach(completion::read);
        return completion.candidates();
    }

    private void read(String word) {
        if (unfinished != null) {
            unfinished = null;
        } else if (word.equals("--") && !onlyPositionals) {
            onlyPositionals = true;
        } else if (word.startsWith("-") && word.length() > 1 && !onlyPositionals) {
            unfinished = option(word).filter(option -> option.arity().min() > 0).orElse(null);
        } else if (positionals == 0 && command.getSubcommands().containsKey(word)) {
            command = command.getSubcommands().get(word);
        } else {
            positionals++;
        }
    }

    /** Empty for one with its value in the same word, too. */
    private Optional<OptionSpec> option(String word) {
        return Optional.ofNullable(command.getCommandSpec().optionsMap().get(word));
    }

    private List<String> candidates() {
        if (unfinished != null) {
            return values(unfinished, "", begun);
        }
        int equals = begun.indexOf('=');
        if (begun.startsWith("--") && equals > 0 && !onlyPositionals) {
            return option(begun.substring(0, equals))
                    .map(option -> values(option, begun.substring(0, equals + 1), begun.substring(equals + 1)))
                    .orElseGet(List::of);
        }
        if (begun.startsWith("-") && !onlyPositionals) {
            return options();
        }
        List<String> found = new ArrayList<>();
        if (positionals == 0) {
            found.addAll(subcommands());
        }
        command.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> parameter.index().contains(positionals))
                .max(Comparator.comparingInt(parameter -> parameter.index().min()))
                .ifPresent(parameter -> found.addAll(values(parameter, "", begun)));
        return found;
    }

    private List<String> subcommands() {
        List<String> found = new ArrayList<>();
        new TreeMap<>(command.getSubcommands()).forEach((name, sub) -> {
            CommandSpec spec = sub.getCommandSpec();
            if (name.startsWith(begun)
                    && name.equals(spec.name())
                    && !spec.usageMessage().hidden()) {
                found.add(line(name, spec.usageMessage().description()));
            }
        });
        return found;
    }

    private List<String> options() {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden() && option.longestName().startsWith(begun))
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .map(option -> line(option.longestName(), option.description()))
                .toList();
    }

    private List<String> values(ArgSpec argument, String prefix, String value) {
        String label = argument.paramLabel();
        if (label.matches("FILE|DIR")) {
            return List.of(FILES);
        }
        if (argument.completionCandidates() != null) {
            List<String> found = new ArrayList<>();
            argument.completionCandidates().forEach(candidate -> {
                String word = argument.type().isEnum() ? candidate.toLowerCase(Locale.ROOT) : candidate;
                if (word.startsWith(value)) {
                    found.add(prefix + word);
                }
            });
            return found;
        }
        // of several with commas the last is meant
        int comma = argument.splitRegex().equals(",") ? value.lastIndexOf(',') + 1 : 0;
        return LiveNames.Kind.of(
                        command.getCommandSpec().qualifiedName(" "),
                        label,
                        argument instanceof PositionalParamSpec ? "" : ((OptionSpec) argument).longestName())
                .map(kind -> new LiveNames(surroundings, before).of(kind))
                .stream()
                .flatMap(Collection::stream)
                .filter(name -> name.startsWith(value.substring(comma)))
                .map(name -> prefix + value.substring(0, comma) + name)
                .toList();
    }

    private static String line(String word, String[] description) {
        return description.length == 0
                ? word
                : word + "\t" + description[0].replace("%n", " ").replaceAll("\\s+", " ");
    }
}
