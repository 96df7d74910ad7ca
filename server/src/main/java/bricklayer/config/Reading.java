package bricklayer.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over file and environment: gives the value of each setting and collects what is wrong, so that all of it is told at once. */
final class Reading {

    private static final int SHOWN_VALUE_MAX = 80;

    private final JsonFile file;
    private final Map<String, String> environment;
    // sets, because one variable may hold for several settings
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    Reading(JsonFile file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** The environment's word, else the file's, else the default; the default also when what is said cannot be used. */
    <T> T get(Setting<T> setting) {
        Optional<T> said = setting.variable().flatMap(variable -> fromEnvironment(setting, variable));
        T value = said.orElseGet(() -> fromFile(setting));
        return setting.kind().standsForDefault(value) ? setting.fallback() : value;
    }

    private <T> Optional<T> fromEnvironment(Setting<T> setting, Setting.Variable<T> variable) {
        String text = environment.getOrDefault(variable.name(), "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = variable.read().apply(text);
        if (value.isPresent()) {
            return value;
        }
        String where = "environment variable " + variable.name();
        return unreadable(
                setting, variable.unreadable(), where, text, setting.kind().allowed());
    }

    private <T> T fromFile(Setting<T> setting) {
        @Nullable
        Object said = setting.key().isEmpty() ? null : file.at(setting.key()).orElse(null);
        if (said == null) {
            if (file.hasObject(setting.key())) {
                problem("Unable to parse configuration: " + setting.key() + " is an object; allowed is "
                        + allowedInFile(setting));
            }
            return setting.fallback();
        }
        return setting.kind()
                .fromFile(said)
                .or(() -> unreadable(setting, setting.inFile(), setting.key(), said, allowedInFile(setting)))
                .orElse(setting.fallback());
    }

    private static String allowedInFile(Setting<?> setting) {
        return setting.kind().allowed() + (setting.kind().quoted() ? ", in quotes" : "");
    }

    private <T> Optional<T> unreadable(
            Setting<T> setting, Setting.Unreadable then, String where, Object value, String allowed) {
        String what = where + " is " + (setting.kind().hidden() ? "of another type" : shown(value)) + "; allowed is "
                + allowed;
        switch (then) {
            case REFUSED -> problem("Unable to parse configuration: " + what);
            case DEFAULT -> warning(what + "; the default " + setting.kind().shown(setting.fallback()) + " is used");
            case WITHOUT_EFFECT -> warning(what + "; it has no effect");
        }
        return then == Setting.Unreadable.WITHOUT_EFFECT ? Optional.empty() : Optional.of(setting.fallback());
    }

    private static String shown(Object value) {
        String text = value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
        return text.length() <= SHOWN_VALUE_MAX ? text : text.substring(0, SHOWN_VALUE_MAX) + "...";
    }

    void problem(String text) {
        problems.add(text);
    }

    void warning(String text) {
        warnings.add(text);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
