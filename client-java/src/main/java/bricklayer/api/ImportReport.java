package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What became, or would become, of a dump of Heketi's database.
 *
 * @param imported whether the records hold it now; false after a preview, and where there are problems
 * @param problems what has to be put right in the dump, or on the nodes, before it can be imported; empty for a sound one
 * @param notes what is imported otherwise than the dump says it, or left out, and why
 * @param operations what Heketi had not finished
 * @param differences where dump and nodes disagree; only after a preview of a dump without problems
 * @param unknown what of the nodes nobody could tell then
 */
public record ImportReport(
        boolean imported,
        Counts counts,
        List<Finding> problems,
        List<Finding> notes,
        List<Unfinished> operations,
        List<Drift.Finding> differences,
        List<Drift.Gap> unknown) {

    public ImportReport {
        problems = Absent.list(problems);
        notes = Absent.list(notes);
        operations = Absent.list(operations);
        differences = Absent.list(differences);
        unknown = Absent.list(unknown);
    }

    /** One of a dump that was not compared with the nodes. */
    public ImportReport(
            boolean imported, Counts counts, List<Finding> problems, List<Finding> notes, List<Unfinished> operations) {
        this(imported, counts, problems, notes, operations, List.of(), List.of());
    }

    /** The same, now that the records hold it. */
    public ImportReport done() {
        return new ImportReport(true, counts, problems, notes, operations, differences, unknown);
    }

    /** The same, compared with the nodes. */
    public ImportReport compared(List<Drift.Finding> found, List<Drift.Gap> notTold) {
        return new ImportReport(imported, counts, problems, notes, operations, found, notTold);
    }

    /** How many of each kind the records get. */
    public record Counts(
            int clusters,
            int nodes,
            int devices,
            int bricks,
            int volumes,
            @JsonProperty("block_volumes") int blockVolumes,
            int operations) {}

    /**
     * Something about one entry.
     *
     * @param entity such as {@code volume}
     * @param id of the entry; empty for the dump as a whole
     * @param field of the dump, as it is written there; empty for the entry as a whole
     */
    public record Finding(String entity, String id, String field, String text) {

        public Finding {
            entity = Absent.text(entity);
            id = Absent.text(id);
            field = Absent.text(field);
            text = Absent.text(text);
        }
    }

    /**
     * An operation that Heketi had not finished.
     *
     * @param type as Heketi calls it
     * @param status as the dump has it; may be empty
     * @param fate what this server does about it
     */
    public record Unfinished(String id, String type, String status, String fate) {

        public Unfinished {
            id = Absent.text(id);
            type = Absent.text(type);
            status = Absent.text(status);
            fate = Absent.text(fate);
        }
    }
}
