package bricklayer.functional.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of moves in which each finds the object in a state that allows it, and none comes before one that had ended when it began: linearizability of
 * one object, by the search of Wing and Gong. What only looks is taken as soon as it fits, which never spoils an order; so only changes are tried out.
 */
final class Orders<S> {

    private static final int SHOWN_MAX = 12;

    private record Visited<S>(BitSet done, S state) {}

    private final List<Move<S>> moves;
    private final Set<Visited<S>> visited = new HashSet<>();
    private int most = -1;
    private String stuck = "";

    private Orders(List<Move<S>> moves) {
        this.moves = moves.stream()
                .sorted(Comparator.comparingLong((Move<S> move) -> move.from()))
                .toList();
    }

    /** Empty when there is such an order; else where the order ends that went on for longest. */
    static <S> Optional<String> whyNone(S first, List<Move<S>> moves) {
        Orders<S> orders = new Orders<>(moves);
        return orders.goOn(new BitSet(), first, List.of()) ? Optional.empty() : Optional.of(orders.stuck);
    }

    private boolean goOn(BitSet before, S state, List<String> story) {
        BitSet done = (BitSet) before.clone();
        takeLooks(done, state);
        if (done.cardinality() == moves.size()) {
            return true;
        }
        if (!visited.add(new Visited<>(done, state))) {
            return false;
        }
        List<Integer> next = possible(done);
        for (int i : next) {
            Move<S> move = moves.get(i);
            if (move.changes()) {
                BitSet with = (BitSet) done.clone();
                with.set(i);
                for (S after : move.states().apply(state)) {
                    List<String> longer = new ArrayList<>(story);
                    longer.add(after.equals(state) ? "(" + move.what() + ")" : move.what());
                    if (goOn(with, after, longer)) {
                        return true;
                    }
                }
            }
        }
        remember(done, state, next, story);
        return false;
    }

    private void takeLooks(BitSet done, S state) {
        boolean again = true;
        while (again) {
            again = false;
            for (int i : possible(done)) {
                Move<S> move = moves.get(i);
                if (!move.changes() && !move.states().apply(state).isEmpty()) {
                    done.set(i);
                    again = true;
                }
            }
        }
    }

    /** Those that can come next, for no other had ended when they began. */
    private List<Integer> possible(BitSet done) {
        List<Integer> possible = new ArrayList<>();
        long firstEnd = Long.MAX_VALUE;
        for (int i = done.nextClearBit(0); i < moves.size(); i = done.nextClearBit(i + 1)) {
            Move<S> move = moves.get(i);
            if (move.from() > firstEnd) {
                break; // all that follow begin later still
            }
            possible.add(i);
            firstEnd = Math.min(firstEnd, move.to());
        }
        long end = firstEnd;
        possible.removeIf(i -> moves.get(i).from() > end);
        return possible;
    }

    private void remember(BitSet done, S state, List<Integer> next, List<String> story) {
        if (done.cardinality() <= most) {
            return;
        }
        most = done.cardinality();
        StringBuilder text = new StringBuilder("  after");
        story.stream()
                .skip(Math.max(0, story.size() - SHOWN_MAX))
                .forEach(change -> text.append("\n    ").append(change));
        text.append("\n  it is ").append(state).append(", which does not go with any of");
        next.stream()
                .limit(SHOWN_MAX)
                .forEach(i -> text.append("\n    ").append(moves.get(i).what()));
        stuck = text.toString();
    }
}
