package bricklayer.client;

import bricklayer.api.AdoptionList;
import bricklayer.api.AdoptionRequest;
import bricklayer.api.Drift;
import bricklayer.api.Examination;
import bricklayer.api.LastDrift;
import bricklayer.api.RebuildReport;
import bricklayer.api.RebuildRequest;
import bricklayer.api.RepairAnswer;
import bricklayer.api.RepairRequest;
import bricklayer.api.StampReport;
import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Records compared with nodes, and the two brought together. Part of {@link BricklayerClient}. */
public sealed interface ReconcileCalls permits BricklayerClient {

    /** What the nodes have beside the records, and where they differ. Takes as long as the nodes do. */
    default Examination examine() {
        return Wire.of(this).slowly("/internal/state/examine/gluster", Examination.class);
    }

    /** As {@link #examine}, in the server's own JSON. */
    default String examineGluster() {
        return Wire.of(this).text("/internal/state/examine/gluster");
    }

    /** As {@link #examineGluster()}, for any number of nodes; when it fails, what was written is not the whole. */
    default void examineGluster(OutputStream out) {
        Wire.of(this).fetch("/internal/state/examine/gluster", out).require(200);
    }

    /**
     * Compares the records with the nodes and changes nothing. Takes as long as the nodes do.
     *
     * @param cluster id; empty for all
     * @param node id; empty for all, and for what clusters know
     * @param line gets each line as it comes; the last one says how many there were
     */
    default void reconcile(String cluster, String node, Consumer<Drift> line) {
        List<String> query = new ArrayList<>();
        if (!cluster.isEmpty()) {
            query.add("cluster=" + URLEncoder.encode(cluster, StandardCharsets.UTF_8));
        }
        if (!node.isEmpty()) {
            query.add("node=" + URLEncoder.encode(node, StandardCharsets.UTF_8));
        }
        String path = "/reconcile" + (query.isEmpty() ? "" : "?" + String.join("&", query));
        Lines lines = new Lines(text -> line.accept(WireJson.read(text, Drift.class)));
        Wire.of(this).fetch(path, lines).require(200);
        lines.end();
    }

    /** What the last comparison of everything found, without asking nodes. Refused with 404 while there was none since the server started. */
    default LastDrift lastReconcile() {
        return Wire.of(this).get("/reconcile/last", LastDrift.class);
    }

    /** Shows or begins the repair of findings of {@link #reconcile}. */
    default RepairAnswer repair(RepairRequest request) {
        return Wire.of(this)
                .change("POST", "/reconcile/repair", request)
                .require(200)
                .as(RepairAnswer.class);
    }

    /**
     * Gluster volumes that no record names, and those that were adopted for reading only. Takes as long as the nodes do.
     *
     * @param cluster id; empty for all
     */
    default AdoptionList adoptions(String cluster) {
        return Wire.of(this)
                .slowly(
                        "/adoptions" + (cluster.isEmpty() ? "" : "?cluster=" + Wire.segment(cluster)),
                        AdoptionList.class);
    }

    /** Takes over a gluster volume that no record names, or manages one that was adopted for reading only. */
    default VolumeInfo adopt(AdoptionRequest request) {
        return Wire.of(this).operate("POST", "/adoptions", request).require(200).as(VolumeInfo.class);
    }

    /** Deletes the records of a volume that was adopted for reading only, and leaves the volume as it is. */
    default void forgetVolume(String id) {
        Wire.of(this).operate("DELETE", "/adoptions/" + Wire.segment(id), null).require(204);
    }

    /** Fills a server without records with what the nodes say, or only says what that would be. Takes as long as the nodes do. */
    default RebuildReport rebuild(RebuildRequest request) {
        return Wire.of(this).change("POST", "/rebuild", request).require(200).as(RebuildReport.class);
    }

    /** Where the nodes say something else about the records than the records. Takes as long as the nodes do. */
    default StampReport compareStamps() {
        return Wire.of(this).get("/stamp", StampReport.class);
    }

    /** Lets the nodes say what the records say, at up to 500 places at once. */
    default void stamp() {
        Wire.of(this).operate("POST", "/stamp", null).require(204);
    }
}
