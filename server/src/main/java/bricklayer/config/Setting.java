package bricklayer.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * One row of the table of settings.
 *
 * @param key its path in the file, joined by dots; keys match in any case. Empty for what only the environment can say
 * @param kind what values look like
 * @param fallback the value when nothing is said
 * @param variable the environment variable that goes before the file
 * @param inFile what to do with a value in the file that has another form
 * @param meaning for the manual: what it does, with its unit
 */
record Setting<T>(
        String key, Kind<T> kind, T fallback, Optional<Variable<T>> variable, Unreadable inFile, String meaning) {

    /** What a value of another form leads to. */
    enum Unreadable {
        /** The configuration is refused. */
        REFUSED,
        /** A warning, and the built-in default. */
        DEFAULT,
        /** A warning, and what would hold without it. */
        WITHOUT_EFFECT
    }

    /**
     * @param read what the text says; empty when it has another form. Never given an empty text: that counts as not set
     * @param note for the manual: how its words differ from the file's; may be empty
     */
    record Variable<T>(String name, Function<String, Optional<T>> read, Unreadable unreadable, String note) {}

    static <T> Setting<T> of(String key, Kind<T> kind, T fallback, String meaning) {
        return new Setting<>(key, kind, fallback, Optional.empty(), Unreadable.REFUSED, meaning);
    }

    /** The variable takes the words of the file, without quotes. */
    Setting<T> orVariable(String name) {
        return orVariable(new Variable<>(name, kind::fromVariable, Unreadable.REFUSED, ""));
    }

    Setting<T> orVariable(Variable<T> instead) {
        return new Setting<>(key, kind, fallback, Optional.of(instead), inFile, meaning);
    }

    Setting<T> unreadableInFile(Unreadable then) {
        return new Setting<>(key, kind, fallback, variable, then, meaning);
    }

    /** For messages: the key, or the variable of a setting without one. */
    String name() {
        return key.isEmpty() ? variable.map(Variable::name).orElseThrow() : key;
    }
}
