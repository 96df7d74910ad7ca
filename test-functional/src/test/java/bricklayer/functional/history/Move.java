package bricklayer.functional.history;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that happened to one object, or was seen of it, at one instant of a span of time. What may not have happened at all is a move, too, that can leave the
 * state as it is.
 *
 * @param from the instant is not before
 * @param to nor after
 * @param changes whether it can change the state; else it only looks
 * @param states what the object can be after it, by what it was before; empty where it cannot happen
 */
record Move<S>(String what, long from, long to, boolean changes, Function<S, List<S>> states) {

    static <S> Move<S> seen(Exchange read, Predicate<S> fits) {
        return new Move<>(
                read.toString(),
                read.started(),
                read.ended(),
                false,
                state -> fits.test(state) ? List.of(state) : List.of());
    }
}
