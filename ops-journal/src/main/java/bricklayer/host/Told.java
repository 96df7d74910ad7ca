package bricklayer.host;

import java.util.function.Function;

/** What somebody was asked and answered, or why nobody knows: not knowing is a result like another, and never taken for "nothing". */
public sealed interface Told<T> {

    record Known<T>(T value) implements Told<T> {}

    record Unknown<T>(String why) implements Told<T> {}

    /** Asks; a host that does not answer, or not understandably, makes it unknown. */
    static <T> Told<T> by(java.util.function.Supplier<T> question) {
        try {
            return new Known<>(question.get());
        } catch (HostFailure | UnreadableAnswer e) {
            return new Unknown<>(String.valueOf(e.getMessage()));
        }
    }

    default boolean isKnown() {
        return this instanceof Known;
    }

    default T or(T otherwise) {
        return this instanceof Known<T>(T value) ? value : otherwise;
    }

    /** Empty when it is known. */
    default String whyNot() {
        return this instanceof Unknown<T>(String why) ? why : "";
    }

    default <U> Told<U> map(Function<? super T, ? extends U> then) {
        return switch (this) {
            case Known<T>(T value) -> new Known<>(then.apply(value));
            case Unknown<T>(String why) -> new Unknown<>(why);
        };
    }
}
