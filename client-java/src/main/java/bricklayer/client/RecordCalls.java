package bricklayer.client;

import bricklayer.api.BackupList;
import bricklayer.api.ConsistencyReport;
import bricklayer.api.DatabaseDump;
import bricklayer.api.HeketiExport;
import bricklayer.api.ImportReport;
import bricklayer.api.QuarantinedForgetRequest;
import java.io.OutputStream;
import java.util.Map;

/** The records of the server as a whole: shown, checked, copied, taken over. Part of {@link BricklayerClient}. */
public sealed interface RecordCalls permits BricklayerClient {

    /** All records as JSON, indented. Holds the passwords of block volumes. */
    default String dumpDb() {
        return Wire.of(this).text("/db/dump");
    }

    /** As {@link #dumpDb()}, for records of any size; when it fails, what was written is not the whole. */
    default void dumpDb(OutputStream out) {
        Wire.of(this).fetch("/db/dump", out).require(200);
    }

    /**
     * Imports a dump of Heketi's database into a server that has no records.
     *
     * @param dump JSON, as Heketi wrote it
     */
    default ImportReport importHeketi(String dump) {
        return Wire.of(this)
                .change("POST", "/import/heketi", new Wire.Verbatim(dump))
                .require(200)
                .as(ImportReport.class);
    }

    /** What {@link #importHeketi} would do; nothing is changed, and the server may have records. */
    default ImportReport previewHeketiImport(String dump) {
        return Wire.of(this)
                .change("POST", "/import/heketi/preview", new Wire.Verbatim(dump))
                .require(200)
                .as(ImportReport.class);
    }

    /** All records as Heketi's {@code db import} reads them, and what of them it cannot say. Holds the passwords of block volumes. */
    default HeketiExport exportHeketi() {
        return Wire.of(this).slowly("/export/heketi", HeketiExport.class);
    }

    /** All records. Holds the passwords of block volumes. For many records {@link #dumpDb(OutputStream)} needs less memory. */
    default DatabaseDump dump() {
        return Wire.of(this).slowly("/db/dump", DatabaseDump.class);
    }

    /** Which records contradict each other. */
    default ConsistencyReport checkRecords() {
        return Wire.of(this).slowly("/db/check", ConsistencyReport.class);
    }

    /** As {@link #checkRecords}, in the server's own JSON. */
    default String checkDb() {
        return Wire.of(this).text("/db/check");
    }

    /** A consistent copy of the database in the server's own format; when it fails, what was written is not the whole. */
    default void backupDb(OutputStream out) {
        Wire.of(this).fetch("/backup/db", out).require(200);
    }

    /** The backups that the server makes by itself. */
    default BackupList backups() {
        return Wire.of(this).get("/backups", BackupList.class);
    }

    /** Has the server make one more, read it back and check it; the newest of those in the answer holds everything. */
    default BackupList backUp() {
        return Wire.of(this).change("POST", "/backups", Map.of()).require(201).as(BackupList.class);
    }

    /** Deletes a row that the server cannot read, for good. What it speaks of is not touched on any node. */
    default void forgetQuarantined(QuarantinedForgetRequest request) {
        Wire.of(this).change("POST", "/operations/quarantined/forget", request).require(204);
    }
}
