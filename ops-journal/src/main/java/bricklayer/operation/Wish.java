package bricklayer.operation;

import java.util.Locale;
import java.util.Optional;

/** What a person wants of an operation. */
public enum Wish {
    /** The next attempt now. An abandoned operation is taken up again: what it left is removed, or what it lacked done. */
    RESUME,
    /** Back, even where the direction was forward. */
    UNDO,
    /** An end, without anything more being done on hosts. */
    ABANDON;

    /** As in a sentence. */
    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of the operation that stands for the wish. */
    String kind() {
        return verb() + "-operation";
    }

    /** What has to be remembered until it is done. The next attempt comes by itself. */
    Optional<Wish> durable() {
        return this == RESUME ? Optional.empty() : Optional.of(this);
    }
}
