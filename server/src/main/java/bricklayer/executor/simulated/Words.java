package bricklayer.executor.simulated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a program, sorted into options and the rest. An option that is not expected is not simulated.
 *
 * @param options values by name; a flag's are empty texts
 */
record Words(Map<String, List<String>> options, List<String> rest) {

    /**
     * @param words without the program
     * @param flags options without a value
     * @param valued options with one, as the next word or behind {@code =}
     */
    static Words of(List<String> words, Set<String> flags, Set<String> valued) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            if (flags.contains(word)) {
                options.computeIfAbsent(word, key -> new ArrayList<>()).add("");
            } else if (valued.contains(name) && (equals >= 0 || i + 1 < words.size())) {
                options.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(equals >= 0 ? word.substring(equals + 1) : words.get(++i));
            } else if (word.startsWith("-")) {
                throw new NotSimulated("option " + word);
            } else {
                rest.add(word);
            }
        }
        return new Words(options, rest);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The last one given counts. */
    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option)).map(List::getLast);
    }

    List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    String required(String option) {
        return value(option).orElseThrow(() -> new NotSimulated("a command without " + option));
    }

    /** What is left when exactly one word that is no option was given. */
    String only() {
        if (rest.size() != 1) {
            throw new NotSimulated("a command about " + rest.size() + " things");
        }
        return rest.getFirst();
    }

    /** A size such as {@code 128M}; without a letter it is what {@code lvcreate} takes it for, MiB. */
    static long kib(String size) {
        int last = size.length() - 1;
        long factor = size.isEmpty()
                ? 0
                : switch (Character.toLowerCase(size.charAt(last))) {
                    case 'k' -> 1L;
                    case 'm' -> 1L << 10;
                    case 'g' -> 1L << 20;
                    case 't' -> 1L << 30;
                    default -> 0;
                };
        try {
            return factor == 0 ? Long.parseLong(size) << 10 : Long.parseLong(size.substring(0, last)) * factor;
        } catch (NumberFormatException e) {
            throw new NotSimulated("size " + size);
        }
    }
}
