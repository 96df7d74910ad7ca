package bricklayer.rebuild;

import bricklayer.api.RebuildReport;
import java.util.ArrayList;
import java.util.List;

/** What a person must know about rebuilt records. */
final class Findings {

    /** One stands for many of its kind beyond this number. */
    private static final int SHOWN_MAX = 1000;

    private final List<RebuildReport.Finding> findings = new ArrayList<>();
    private int more;

    /** Nodes say different things; the text says which was taken. */
    void contradiction(String object, String text) {
        add("contradiction", object, text);
    }

    /** It is there, or was, and is not in the records. */
    void missing(String object, String text) {
        add("missing", object, text);
    }

    /** It is in the records, but part of it is not as it was. */
    void incomplete(String object, String text) {
        add("incomplete", object, text);
    }

    /** Found out in another way than usual. */
    void note(String object, String text) {
        add("note", object, text);
    }

    private void add(String kind, String object, String text) {
        if (findings.size() < SHOWN_MAX) {
            findings.add(new RebuildReport.Finding(kind, object, text));
        } else {
            more++;
        }
    }

    List<RebuildReport.Finding> all() {
        List<RebuildReport.Finding> all = new ArrayList<>(findings);
        if (more > 0) {
            all.add(new RebuildReport.Finding("note", "", more + " more of these are not shown"));
        }
        return List.copyOf(all);
    }
}
