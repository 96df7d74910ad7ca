package bricklayer.migrate;

import bricklayer.api.ImportReport.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects what there is to say about a dump. Bounded: a dump in which everything is wrong is told by its first lines. One thread. */
final class Findings {

    private static final int MOST = 1000;

    private final Bounded problems = new Bounded();
    private final Bounded notes = new Bounded();

    /** Nothing is imported while there is one. */
    void problem(String entity, String id, String field, String text) {
        problems.add(new Finding(entity, id, field, text));
    }

    void note(String entity, String id, String field, String text) {
        notes.add(new Finding(entity, id, field, text));
    }

    boolean fine() {
        return problems.first.isEmpty();
    }

    List<Finding> problems() {
        return problems.all();
    }

    List<Finding> notes() {
        return notes.all();
    }

    private static final class Bounded {

        private final List<Finding> first = new ArrayList<>();
        private int more;

        void add(Finding finding) {
            if (first.size() < MOST) {
                first.add(finding);
            } else {
                more++;
            }
        }

        List<Finding> all() {
            List<Finding> all = new ArrayList<>(first);
            if (more > 0) {
                all.add(new Finding("dump", "", "", "and " + more + " more of these"));
            }
            return List.copyOf(all);
        }
    }
}
