package bricklayer.functional.history;

import bricklayer.api.ClusterInfo;
import bricklayer.api.ClusterList;
import bricklayer.api.WireJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Clusters: what was answered with 201 is there until it is deleted, and nothing else is. */
final class ClusterCheck {

    private ClusterCheck() {}

    static void check(History history, List<Job> jobs, List<String> faults) {
        List<Exchange> lists = history.exchanges().stream()
                .filter(exchange -> exchange.is("GET", "/clusters") && exchange.status() == 200)
                .toList();
        Set<String> atFirst = lists.isEmpty() ? Set.of() : ids(lists.getFirst());
        Set<String> all = new TreeSet<>();
        lists.forEach(list -> all.addAll(ids(list)));
        jobs.stream().filter(job -> job.is("POST", "/clusters")).forEach(job -> all.add(made(job)));
        for (String id : all) {
            List<Move<Boolean>> moves = new ArrayList<>();
            for (Job job : jobs) {
                if (job.is("POST", "/clusters") && made(job).equals(id)) {
                    moves.add(change(job, true));
                } else if (job.is("DELETE", "/clusters/" + id)) {
                    moves.add(change(job, false));
                }
            }
            lists.forEach(list ->
                    moves.add(Move.seen(list, there -> there == ids(list).contains(id))));
            Orders.whyNone(atFirst.contains(id), moves)
                    .ifPresent(why -> faults.add("cluster " + id + ": no order explains it\n" + why));
        }
    }

    private static Move<Boolean> change(Job job, boolean making) {
        return new Move<>(job.toString(), job.began(), job.begun(), true, there -> {
            List<Boolean> after = new ArrayList<>();
            if (there != making) {
                after.add(making);
            }
            if (job.lost()) {
                after.add(there);
            }
            return after;
        });
    }

    private static String made(Job job) {
        return job.end()
                .map(answer -> WireJson.read(answer.answer(), ClusterInfo.class).id())
                .orElse("");
    }

    private static Set<String> ids(Exchange list) {
        return new HashSet<>(WireJson.read(list.answer(), ClusterList.class).clusters());
    }
}
