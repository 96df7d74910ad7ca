package bricklayer.functional.history;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Figures of a run, for people. */
public final class Counts {

    private final Map<String, Integer> ends = new TreeMap<>();
    private final Set<String> places = new HashSet<>();
    private int kills;
    private int killsOnTheWayUp;
    private int requests;
    private int unanswered;
    private int changesAcknowledged;
    private int outlived;

    public void add(History history) {
        history.kills().forEach(kill -> {
            kills++;
            killsOnTheWayUp += kill.serving() ? 0 : 1;
        });
        for (Exchange exchange : history.exchanges()) {
            requests++;
            unanswered += exchange.answered() ? 0 : 1;
        }
        List<Job> jobs = Job.in(history, places);
        for (Job job : jobs) {
            if (!job.lost()) {
                changesAcknowledged++;
                places.add(job.name());
                job.end().ifPresent(end -> {
                    outlived += end.server() > job.asked().server() ? 1 : 0;
                    String what =
                            job.asked().method() + " " + job.asked().path().replaceAll("[0-9a-f]{32}", "ID");
                    ends.merge(what + " " + end.status(), 1, Integer::sum);
                });
            }
        }
    }

    public int kills() {
        return kills;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "%d kills (%d of them on the way up), %d requests, %d without an answer, %d changes acknowledged, %d of them outlived their server"
                        .formatted(kills, killsOnTheWayUp, requests, unanswered, changesAcknowledged, outlived));
        ends.forEach((what, count) -> text.append("\n  %6d %s".formatted(count, what)));
        return text.toString();
    }
}
