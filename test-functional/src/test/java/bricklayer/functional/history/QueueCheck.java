package bricklayer.functional.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a job ended is told the same way each time it is asked, and each that was accepted ends. */
final class QueueCheck {

    private final Map<String, Exchange> ends = new HashMap<>();

    /** Ends of earlier histories are remembered. */
    void check(History history, List<Job> jobs, List<String> faults) {
        for (Exchange exchange : history.exchanges()) {
            if (exchange.endsAJob()) {
                ends.merge(exchange.path(), exchange, (one, other) -> other.ended() < one.ended() ? other : one);
            }
        }
        for (Exchange exchange : history.exchanges()) {
            Exchange end = ends.get(exchange.path());
            if (end == null || !exchange.answered()) {
                continue;
            }
            if (exchange.pending() && exchange.started() > end.ended()) {
                faults.add("pending again after its end:\n    " + end + "\n    " + exchange);
            } else if (!exchange.pending()
                    && !(exchange.status() == end.status()
                            && exchange.location().equals(end.location())
                            && exchange.answer().equals(end.answer()))) {
                faults.add("two ends of one job:\n    " + end + "\n    " + exchange);
            }
        }
        jobs.stream()
                .filter(job -> job.end().isEmpty() && !job.lost())
                .forEach(job -> faults.add("accepted, and never heard of again: " + job));
    }
}
