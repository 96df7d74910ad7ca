package bricklayer.tools;

import bricklayer.api.Drift;
import bricklayer.api.ImportReport;
import bricklayer.api.ImportReport.Finding;
import bricklayer.api.ImportReport.Unfinished;
import java.io.PrintWriter;
import java.util.List;

/** An {@link ImportReport} for people. */
final class ImportText {

    private ImportText() {}

    static void print(PrintWriter out, ImportReport report, boolean preview) {
        ImportReport.Counts counts = report.counts();
        String what = report.imported() ? "Imported" : preview ? "Would import" : "Not imported";
        out.println(what + ": " + counts.clusters() + " clusters, " + counts.nodes() + " nodes, " + counts.devices()
                + " devices, " + counts.volumes() + " volumes, " + counts.bricks() + " bricks, "
                + counts.blockVolumes() + " block volumes, " + counts.operations() + " unfinished operations");
        findings(out, "Problems, which have to be put right first:", report.problems());
        findings(out, "Notes on what is taken otherwise than the dump says, or left out:", report.notes());
        if (!report.operations().isEmpty()) {
            out.println("What Heketi left unfinished, and what becomes of it:");
            for (Unfinished operation : report.operations()) {
                String status = operation.status().isEmpty() ? "" : " (" + operation.status() + ")";
                out.println("  " + operation.type() + " " + operation.id() + status + ": " + operation.fate());
            }
        }
        differences(out, report, preview);
        out.flush();
    }

    private static void differences(PrintWriter out, ImportReport report, boolean preview) {
        if (!preview || !report.problems().isEmpty()) {
            return;
        }
        out.println(
                report.differences().isEmpty()
                        ? "Compared with the nodes: no differences"
                        : "Where the dump and the nodes differ (bricklayer admin repair can act on it after the import):");
        for (Drift.Finding finding : report.differences()) {
            String node = finding.node().isEmpty() ? "" : " on node " + finding.node();
            String why = finding.explainedBy().isEmpty() ? "" : "; explained by operation " + finding.explainedBy();
            out.println("  " + finding.kind() + " " + finding.object() + node + ": "
                    + String.join("; ", finding.evidence()) + why);
        }
        for (Drift.Gap gap : report.unknown()) {
            out.println("  not compared: " + gap.what() + ": " + gap.why());
        }
    }

    private static void findings(PrintWriter out, String title, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        out.println(title);
        for (Finding finding : findings) {
            String id = finding.id().isEmpty() ? "" : " " + finding.id();
            String field = finding.field().isEmpty() ? "" : " " + finding.field();
            out.println("  " + finding.entity() + id + field + ": " + finding.text());
        }
    }
}
