package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Answer of {@code GET /doctor}: what is wrong with nodes, and how to mend it.
 *
 * @param nodes each that was asked
 */
public record DoctorReport(List<Node> nodes) {

    public DoctorReport {
        nodes = Absent.list(nodes);
    }

    /**
     * One node.
     *
     * @param id empty for a host that is not added yet
     * @param host by which it was asked
     * @param findings the worst first; empty when all is well
     */
    public record Node(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String id, String host, List<Finding> findings) {

        public Node {
            id = Absent.text(id);
            host = Absent.text(host);
            findings = Absent.list(findings);
        }
    }

    /**
     * Something that is, or will be, in the way.
     *
     * @param severity {@code error}: volumes cannot be made or kept there; {@code warning}: they soon cannot; {@code note}: good to know
     * @param check stable name of what was looked at
     * @param fix a command for that node, or what to do
     */
    public record Finding(String severity, String check, String what, String fix) {

        public Finding {
            severity = Absent.text(severity);
            check = Absent.text(check);
            what = Absent.text(what);
            fix = Absent.text(fix);
        }
    }
}
