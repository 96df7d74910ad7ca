package bricklayer.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What form the values of a setting have, in the file and in the environment. */
interface Kind<T> {

    /** Empty when the value has another form. */
    Optional<T> fromFile(Object value);

    /** Empty when the text has another form. */
    Optional<T> fromVariable(String text);

    /** Whether this value counts as none given, so that the default holds. */
    default boolean standsForDefault(T value) {
        return false;
    }

    /** How an operator writes a value of this kind, for messages and the manual: {@code a whole number from 1 to 5}. */
    String allowed();

    /** Whether it is a string in the file. */
    default boolean quoted() {
        return true;
    }

    String shown(T value);

    /** Whether a value must not appear in messages. */
    default boolean hidden() {
        return false;
    }

    /** Empty counts as not given. */
    record Text(Pattern pattern, String allowed) implements Kind<String> {
        @Override
        public Optional<String> fromFile(Object value) {
            return value instanceof String text ? fromVariable(text) : Optional.empty();
        }

        @Override
        public Optional<String> fromVariable(String text) {
            return text.isEmpty() || pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        }

        @Override
        public boolean standsForDefault(String value) {
            return value.isEmpty();
        }

        @Override
        public String shown(String value) {
            return value;
        }
    }

    /** A text that is never shown. Empty counts as not given. */
    record Hidden() implements Kind<Secret> {
        @Override
        public Optional<Secret> fromFile(Object value) {
            return value instanceof String text ? fromVariable(text) : Optional.empty();
        }

        @Override
        public Optional<Secret> fromVariable(String text) {
            return Optional.of(new Secret(text));
        }

        @Override
        public String allowed() {
            return "a text";
        }

        @Override
        public String shown(Secret value) {
            return value.reveal().isEmpty() ? "" : value.toString();
        }

        @Override
        public boolean hidden() {
            return true;
        }
    }

    /** In the environment the words of Go's library. */
    record Flag() implements Kind<Boolean> {

        private static final Set<String> YES = Set.of("1", "t", "T", "true", "TRUE", "True");
        private static final Set<String> NO = Set.of("0", "f", "F", "false", "FALSE", "False");

        @Override
        public Optional<Boolean> fromFile(Object value) {
            return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
        }

        @Override
        public Optional<Boolean> fromVariable(String text) {
            return YES.contains(text) ? Optional.of(true) : NO.contains(text) ? Optional.of(false) : Optional.empty();
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public boolean quoted() {
            return false;
        }

        @Override
        public String shown(Boolean value) {
            return value.toString();
        }
    }

    /** Written as an integer, without quotes, fraction or exponent. */
    record Whole(long min, long max, Zero zero) implements Kind<Long> {

        enum Zero {
            IS_A_VALUE,
            STANDS_FOR_DEFAULT
        }

        @Override
        public Optional<Long> fromFile(Object value) {
            return switch (value) {
                case Integer number -> inRange(number);
                case Long number -> inRange(number);
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<Long> fromVariable(String text) {
            try {
                return inRange(Long.parseLong(text));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        private Optional<Long> inRange(long number) {
            boolean allowed = (number >= min && number <= max) || (number == 0 && zero == Zero.STANDS_FOR_DEFAULT);
            return allowed ? Optional.of(number) : Optional.empty();
        }

        @Override
        public boolean standsForDefault(Long value) {
            return value == 0 && zero == Zero.STANDS_FOR_DEFAULT;
        }

        @Override
        public String allowed() {
            return "a whole number from " + min + " to " + max
                    + (zero == Zero.STANDS_FOR_DEFAULT ? "; 0 for the default" : "");
        }

        @Override
        public boolean quoted() {
            return false;
        }

        @Override
        public String shown(Long value) {
            return value.toString();
        }
    }

    /** A port number, which Heketi takes as a string only. */
    record Port() implements Kind<Integer> {

        private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
        private static final int MAX = 65_535;

        /** Stands for the empty string. */
        static final int NONE = -1;

        @Override
        public Optional<Integer> fromFile(Object value) {
            return value instanceof String text ? fromVariable(text) : Optional.empty();
        }

        @Override
        public Optional<Integer> fromVariable(String text) {
            if (text.isEmpty()) {
                return Optional.of(NONE);
            }
            return DIGITS.matcher(text).matches() && Integer.parseInt(text) <= MAX
                    ? Optional.of(Integer.valueOf(text))
                    : Optional.empty();
        }

        @Override
        public boolean standsForDefault(Integer value) {
            return value == NONE;
        }

        @Override
        public String allowed() {
            return "a number from 0 to " + MAX;
        }

        @Override
        public String shown(Integer value) {
            return value == 0 ? "any free port" : value.toString();
        }
    }

    /** One of a few words; empty counts as not given. */
    record Choice<E>(Map<String, E> words, E nothing) implements Kind<E> {

        @Override
        public Optional<E> fromFile(Object value) {
            return value instanceof String text ? fromVariable(text) : Optional.empty();
        }

        @Override
        public Optional<E> fromVariable(String text) {
            return text.isEmpty() ? Optional.of(nothing) : Optional.ofNullable(words.get(text));
        }

        @Override
        public String allowed() {
            return new TreeMap<>(words).keySet().stream().collect(Collectors.joining(", ", "one of ", ""));
        }

        @Override
        public String shown(E value) {
            return words.entrySet().stream()
                    .filter(word -> word.getValue().equals(value))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .findFirst()
                    .orElse("");
        }
    }
}
