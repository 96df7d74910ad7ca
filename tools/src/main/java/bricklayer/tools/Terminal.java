package bricklayer.tools;

import java.util.Optional;
import java.util.OptionalInt;

/** Whoever started this program: a person, or a script. */
interface Terminal {

    /** Whether a person is watching. */
    boolean watched();

    /** How many characters a line has; empty where that cannot be told. */
    OptionalInt width();

    /** What the person types, unseen; empty when there is nobody to ask. */
    Optional<String> ask(String prompt);

    /** The next line of standard input; empty at its end. */
    Optional<String> line();

    /** Takes keys as they are pressed until that is closed, where there are any and nothing stands in the way. */
    default Optional<Keys> keys() {
        return Optional.empty();
    }

    /** What is typed, without waiting for the end of a line. Ctrl-C keeps its meaning. */
    interface Keys extends AutoCloseable {

        /** A key that was pressed and not yet taken; empty when there is none. Does not wait. */
        OptionalInt pressed();

        /** Lets the terminal be as it was. */
        @Override
        void close();
    }

    /** A script that says nothing. */
    Terminal NONE = new Terminal() {
        @Override
        public boolean watched() {
            return false;
        }

        @Override
        public OptionalInt width() {
            return OptionalInt.empty();
        }

        @Override
        public Optional<String> ask(String prompt) {
            return Optional.empty();
        }

        @Override
        public Optional<String> line() {
            return Optional.empty();
        }
    };
}
