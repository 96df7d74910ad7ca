package bricklayer.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Facts about one row, by key. What is empty or 0 is left out when written and comes back as such. */
final class Facts {

    private final Map<String, String> values;

    private Facts(Map<String, String> values) {
        this.values = values;
    }

    static Facts writing() {
        return new Facts(new LinkedHashMap<>());
    }

    static Facts reading(Map<String, String> values) {
        return new Facts(values);
    }

    Facts put(String key, String value) {
        if (!value.isEmpty()) {
            values.put(key, value);
        }
        return this;
    }

    Facts put(String key, long value) {
        return put(key, value == 0 ? "" : String.valueOf(value));
    }

    Facts put(String key, boolean value) {
        return put(key, value ? "true" : "");
    }

    /** Each part escaped once more, so that it may hold anything; a list of nothing is left out. */
    Facts put(String key, List<String> parts) {
        if (!parts.isEmpty()) {
            values.put(key, FactText.list(parts));
        }
        return this;
    }

    Map<String, String> map() {
        return values;
    }

    String text(String key) {
        return values.getOrDefault(key, "");
    }

    /**
     * @throws UnreadableIdentity when it is not there
     */
    String required(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new UnreadableIdentity("it does not say its " + key);
        }
        return value;
    }

    boolean flag(String key) {
        return text(key).equals("true");
    }

    int integer(String key) {
        return Math.clamp(number(key), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long number(String key) {
        String value = text(key);
        try {
            return value.isEmpty() ? 0 : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new UnreadableIdentity("its " + key + " is '" + value + "', which is no number");
        }
    }

    List<String> list(String key) {
        String text = values.get(key);
        return text == null ? List.of() : FactText.parts(text);
    }
}
