package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the answer of {@code GET /reconcile}; one member is there, the others are null.
 *
 * @param node that has been looked at
 * @param unknown a part that nobody could tell about: neither right nor wrong
 * @param end the last line; without it the answer is not whole
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Drift(
        @Nullable Looked node,
        @Nullable Finding finding,
        @Nullable Gap unknown,
        @Nullable End end) {

    public static Drift of(Looked node) {
        return new Drift(node, null, null, null);
    }

    public static Drift of(Finding finding) {
        return new Drift(null, finding, null, null);
    }

    public static Drift of(Gap unknown) {
        return new Drift(null, null, unknown, null);
    }

    public static Drift of(End end) {
        return new Drift(null, null, null, end);
    }

    /**
     * @param done nodes that have been looked at so far
     * @param of how many there are
     * @param trouble why something of it is not known
     */
    public record Looked(
            String id,
            int done,
            int of,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String trouble) {

        public Looked {
            id = Absent.text(id);
            trouble = Absent.text(trouble);
        }
    }

    /**
     * One disagreement of records and nodes.
     *
     * @param id the same in each run, for the same disagreement
     * @param node id; empty for what a whole cluster knows
     * @param object what it is about, as the tool that shows it calls it
     * @param evidence what was recorded and what was seen
     * @param risk {@code safe}, {@code service}, {@code files}, {@code named} or {@code data}
     * @param repair what is proposed
     * @param firstSeen as in {@code 2026-11-21T14:00:00Z}
     * @param explainedBy the operation that has not ended and explains it; then nothing is wrong
     */
    public record Finding(
            String id,
            String kind,
            String cluster,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String node,
            String object,
            String about,
            List<String> evidence,
            String risk,
            String repair,
            @JsonProperty("first_seen") String firstSeen,

            @JsonProperty("explained_by") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            String explainedBy) {

        public Finding {
            id = Absent.text(id);
            kind = Absent.text(kind);
            cluster = Absent.text(cluster);
            node = Absent.text(node);
            object = Absent.text(object);
            about = Absent.text(about);
            evidence = Absent.list(evidence);
            risk = Absent.text(risk);
            repair = Absent.text(repair);
            firstSeen = Absent.text(firstSeen);
            explainedBy = Absent.text(explainedBy);
        }
    }

    /** @param what which part, such as {@code node} and its id */
    public record Gap(String what, String why) {

        public Gap {
            what = Absent.text(what);
            why = Absent.text(why);
        }
    }

    /**
     * @param findings those that no operation explains
     * @param explained those that one does
     * @param unknown parts that nobody could tell about
     */
    public record End(
            int nodes,
            int findings,
            int explained,
            int unknown,
            @JsonProperty("took_ms") long tookMillis) {}
}
