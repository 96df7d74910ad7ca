package bricklayer.functional.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that was to be changed, as far as the record tells: all requests with one key are one job. One without any answer may have been begun all the same.
 *
 * @param name its place in the queue; else its key, or the number of its only request
 * @param asked the first request
 * @param began from when on it may have begun
 * @param begun until when it had begun, if it was
 * @param pending until when it had not ended for sure
 * @param lost whether no answer tells that it was begun
 * @param end the first answer that told how it ended
 */
record Job(String name, Exchange asked, long began, long begun, long pending, boolean lost, Optional<Exchange> end) {

    boolean succeeded() {
        return end.filter(answer -> answer.status() == 303 || answer.status() < 300)
                .isPresent();
    }

    /** Where its end leads to; empty when nowhere. */
    String leadsTo() {
        return end.map(Exchange::location).orElse("");
    }

    /** Until when it had ended. */
    long ended() {
        return end.map(Exchange::ended).orElse(Long.MAX_VALUE);
    }

    boolean is(String method, String pathRegex) {
        return asked.is(method, pathRegex);
    }

    @Override
    public String toString() {
        return asked
                + end.filter(answer -> answer.number() != asked.number())
                        .map(answer -> ", ended " + answer)
                        .orElse("");
    }

    /**
     * All jobs of a history.
     *
     * @param before names and keys of those from before it, which are left out though they were asked for again
     */
    static List<Job> in(History history, Set<String> before) {
        Map<String, List<Exchange>> requests = new LinkedHashMap<>();
        Map<String, List<Exchange>> answers = new LinkedHashMap<>();
        for (Exchange exchange : history.exchanges()) {
            if (exchange.is("GET", "/queue/.*") && exchange.answered()) {
                answers.computeIfAbsent(exchange.path(), _ -> new ArrayList<>()).add(exchange);
            } else if (!exchange.method().equals("GET") && (exchange.acted() || !exchange.answered())) {
                String name = exchange.key().isEmpty() ? "#" + exchange.number() : exchange.key();
                requests.computeIfAbsent(name, _ -> new ArrayList<>()).add(exchange);
            }
        }
        List<Job> jobs = new ArrayList<>();
        requests.forEach((name, same) -> {
            Job job = job(name, same, history, answers);
            // one that was refused in the end had not been begun by what got no answer before
            boolean refused = job.lost() && !same.getFirst().key().isEmpty();
            if (!refused && !before.contains(name) && !before.contains(job.name())) {
                jobs.add(job);
            }
        });
        return jobs;
    }

    private static Job job(
            String name, List<Exchange> requests, History history, Map<String, List<Exchange>> queueAnswers) {
        Exchange asked = requests.stream()
                .min(Comparator.comparingLong(Exchange::started))
                .orElseThrow();
        Optional<Exchange> acted =
                requests.stream().filter(Exchange::acted).min(Comparator.comparingLong(Exchange::ended));
        if (acted.isEmpty()) {
            return new Job(
                    name,
                    asked,
                    asked.started(),
                    history.dead(asked.server()),
                    asked.started(),
                    true,
                    Optional.empty());
        }
        long begun = acted.get().ended();
        if (acted.get().status() != 202) {
            return new Job(name, asked, asked.started(), begun, asked.started(), false, acted);
        }
        List<Exchange> told = queueAnswers.getOrDefault(acted.get().location(), List.of());
        long pending = told.stream()
                .filter(Exchange::pending)
                .mapToLong(Exchange::started)
                .max()
                .orElse(asked.started());
        Optional<Exchange> end =
                told.stream().filter(Exchange::endsAJob).min(Comparator.comparingLong(Exchange::ended));
        return new Job(acted.get().location(), asked, asked.started(), begun, pending, false, end);
    }
}
