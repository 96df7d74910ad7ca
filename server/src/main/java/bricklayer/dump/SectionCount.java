package bricklayer.dump;

import bricklayer.api.ConsistencyReport.Section;
import java.util.ArrayList;
import java.util.List;

/** Adds up one section of a consistency report. One thread. */
final class SectionCount {

    private int total;
    private int pending;
    private int notOk;
    private final List<String> inconsistencies = new ArrayList<>();

    /** @param wrong what contradicts the rest in one entry; empty for a sound one */
    void add(boolean isPending, List<String> wrong) {
        total++;
        pending += isPending ? 1 : 0;
        notOk += wrong.isEmpty() ? 0 : 1;
        inconsistencies.addAll(wrong);
    }

    int inconsistencies() {
        return inconsistencies.size();
    }

    Section section() {
        return new Section(
                total, pending, total - notOk, notOk, inconsistencies.isEmpty() ? null : List.copyOf(inconsistencies));
    }
}
