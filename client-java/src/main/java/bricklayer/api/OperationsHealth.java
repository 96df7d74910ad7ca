package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Answer of {@code GET /operations/health}: how the server itself is, and what to do about whatever is not well.
 *
 * @param status {@code ok}; {@code degraded} when something needs a person but all else is served; {@code read-only} when no change is taken
 * @param since when this server was started
 * @param readOnly why no change is taken; empty while changes are
 * @param quarantined rows that cannot be read
 * @param damaged where acknowledged transactions are lost
 * @param stuck open operations whose last attempt failed
 */
public record OperationsHealth(
        String status,
        String since,

        @JsonProperty("read_only") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String readOnly,

        List<Quarantined> quarantined,
        List<Damaged> damaged,
        List<Stuck> stuck,
        Records records,
        List<Finding> findings) {

    public OperationsHealth {
        status = Absent.text(status);
        since = Absent.text(since);
        readOnly = Absent.text(readOnly);
        quarantined = Absent.list(quarantined);
        damaged = Absent.list(damaged);
        stuck = Absent.list(stuck);
        findings = Absent.list(findings);
    }

    /**
     * A row that is kept as it is and takes part in nothing.
     *
     * @param why it cannot be read
     * @param written when it was put there; empty when that was before the log that was read at the start
     * @param next what to do
     */
    public record Quarantined(
            String table,
            String key,
            int version,
            String why,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String written,
            String next) {

        public Quarantined {
            table = Absent.text(table);
            key = Absent.text(key);
            why = Absent.text(why);
            written = Absent.text(written);
            next = Absent.text(next);
        }
    }

    /**
     * A place in a file that is not what was written.
     *
     * @param shownUpTo the last transaction that is shown
     * @param shownUntil when that was written; empty when it is in a checkpoint
     * @param lostFirst the first transaction that can be recognised behind the damage; 0 when there is none
     * @param lostFrom when it was written
     */
    public record Damaged(
            String file,
            long offset,
            String what,
            @JsonProperty("shown_up_to") long shownUpTo,

            @JsonProperty("shown_until") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            String shownUntil,

            @JsonProperty("lost_first") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            long lostFirst,

            @JsonProperty("lost_last") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
            long lostLast,

            @JsonProperty("lost_from") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            String lostFrom,

            @JsonProperty("lost_until") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            String lostUntil,

            String next) {

        public Damaged {
            file = Absent.text(file);
            what = Absent.text(what);
            shownUntil = Absent.text(shownUntil);
            lostFrom = Absent.text(lostFrom);
            lostUntil = Absent.text(lostUntil);
            next = Absent.text(next);
        }
    }

    /**
     * An open operation that could not be ended so far.
     *
     * @param obstacle what stood in the way of the last attempt
     * @param nextAttempt when it is tried again by itself
     */
    public record Stuck(
            String id,
            @JsonProperty("type_name") String typeName,
            int attempts,
            String obstacle,
            String begun,

            @JsonProperty("next_attempt") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            String nextAttempt,

            String next) {

        public Stuck {
            id = Absent.text(id);
            typeName = Absent.text(typeName);
            obstacle = Absent.text(obstacle);
            begun = Absent.text(begun);
            nextAttempt = Absent.text(nextAttempt);
            next = Absent.text(next);
        }
    }

    /**
     * The records on disk.
     *
     * @param sequence of the newest durable transaction
     * @param flushes since the start
     * @param toReplay bytes of log that the next start would read
     */
    public record Records(
            long sequence,
            long flushes,
            long bytes,
            @JsonProperty("to_replay_bytes") long toReplay) {}

    /** Something else that needs a person. */
    public record Finding(String what, String next) {

        public Finding {
            what = Absent.text(what);
            next = Absent.text(next);
        }
    }
}
