package bricklayer.functional.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request that comes again with its key gets the answer of the first, and another one with that key is refused; through any number of deaths. */
final class KeyCheck {

    private final Map<String, Exchange> acted = new HashMap<>();

    /** Keys of earlier histories are remembered. */
    void check(History history, List<String> faults) {
        for (Exchange exchange : history.exchanges()) {
            if (!exchange.key().isEmpty() && exchange.acted()) {
                Exchange known = acted.merge(
                        exchange.key(), exchange, (one, other) -> other.ended() < one.ended() ? other : one);
                if (!same(known, exchange)) {
                    faults.add("one key, two answers:\n    " + known + "\n    " + exchange);
                }
            }
        }
        for (Exchange exchange : history.exchanges()) {
            Exchange known = acted.get(exchange.key());
            if (exchange.key().isEmpty() || known == null || !exchange.answered() || exchange.acted()) {
                continue;
            }
            boolean same = exchange.what().equals(known.what());
            if (!same && exchange.status() != 422) {
                faults.add("the key of another request was not refused:\n    " + known + "\n    " + exchange);
            } else if (same && exchange.started() > known.ended()) {
                faults.add("done, but told otherwise when it came again:\n    " + known + "\n    " + exchange);
            } else if (same && (exchange.status() == 404 || exchange.status() == 422)) {
                faults.add("refused because of what the same request did:\n    " + known + "\n    " + exchange);
            }
        }
    }

    private static boolean same(Exchange one, Exchange other) {
        return one.what().equals(other.what())
                && one.status() == other.status()
                && one.location().equals(other.location())
                && one.answer().equals(other.answer());
    }
}
