package bricklayer.functional.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A volume or block volume, as simple as it can be told.
 *
 * @param there whether it was made and not deleted
 * @param gone bricks that were replaced
 * @param open the job that is at it; empty when none is
 * @param hidden whether that job keeps it out of sight
 * @param passed jobs that never were begun
 */
record Holding(boolean there, long size, Set<String> gone, String open, boolean hidden, Set<String> passed) {

    static final Holding ABSENT = new Holding(false, 0, Set.of(), "", false, Set.of());

    static Holding of(long size) {
        return new Holding(true, size, Set.of(), "", false, Set.of());
    }

    boolean visible() {
        return there && !hidden;
    }

    /** Whether it can have been seen with that size and those bricks. */
    boolean shows(long seenSize, Collection<String> bricks) {
        return visible() && size == seenSize && bricks.stream().noneMatch(gone::contains);
    }

    /** What it can be when a job may begin that needs it to be there, or not to be there. */
    List<Holding> begin(Job job, boolean making, boolean hides) {
        List<Holding> after = new ArrayList<>();
        if (open.isEmpty() && there != making && !passed.contains(job.name())) {
            after.add(new Holding(there, size, gone, job.name(), hides, passed));
        }
        if (job.lost()) {
            after.add(this);
        }
        return after;
    }

    /**
     * What it can be when a job may end.
     *
     * @param success what it is if that went well
     */
    List<Holding> end(Job job, Holding success) {
        if (!open.equals(job.name())) {
            return job.lost() ? List.of(passing(job)) : List.of();
        }
        Holding failed = new Holding(there, size, gone, "", false, passed);
        if (job.lost()) {
            return List.of(success, failed);
        }
        return List.of(job.succeeded() ? success : failed);
    }

    private Holding passing(Job job) {
        Set<String> more = new TreeSet<>(passed);
        more.add(job.name());
        return new Holding(there, size, gone, open, hidden, more);
    }

    Holding ended(boolean thereNow, long sizeNow) {
        return new Holding(thereNow, sizeNow, gone, "", false, passed);
    }

    Holding without(String brick) {
        Set<String> more = new TreeSet<>(gone);
        more.add(brick);
        return new Holding(there, size, more, "", false, passed);
    }

    @Override
    public String toString() {
        return (there ? "there, of size " + size : "not there")
                + (open.isEmpty() ? "" : ", with " + open + " at it")
                + (hidden ? ", hidden" : "")
                + (gone.isEmpty() ? "" : ", without bricks " + gone);
    }
}
