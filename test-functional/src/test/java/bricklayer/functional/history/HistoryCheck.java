package bricklayer.functional.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether all that was answered can be true of a server that does one thing after the other, each at one instant while it was asked for. Histories of one run are to be checked one after the
 * other; what has to hold beyond one (keys, ends of jobs) is remembered.
 */
public final class HistoryCheck {

    private final KeyCheck keys = new KeyCheck();
    private final QueueCheck queue = new QueueCheck();
    private final Set<String> jobsBefore = new HashSet<>();

    /** What cannot be true, each with the requests it is seen from; empty if all can. */
    public List<String> faults(History history) {
        List<String> faults = new ArrayList<>();
        List<Job> jobs = Job.in(history, jobsBefore);
        AnswerCheck.check(history, faults);
        keys.check(history, faults);
        queue.check(history, jobs, faults);
        VolumeCheck.check(history, jobs, "/volumes", faults);
        VolumeCheck.check(history, jobs, "/blockvolumes", faults);
        DeviceCheck.check(history, jobs, faults);
        ClusterCheck.check(history, jobs, faults);
        jobs.forEach(job -> {
            jobsBefore.add(job.name());
            if (!job.asked().key().isEmpty()) {
                jobsBefore.add(job.asked().key());
            }
        });
        return faults;
    }
}
