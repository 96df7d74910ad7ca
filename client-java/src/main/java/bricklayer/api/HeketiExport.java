package bricklayer.api;

import java.util.List;

/**
 * The records in the form that Heketi's {@code db import} reads.
 *
 * @param omitted what Heketi has no words for, in sentences; empty when the dump says all
 */
public record HeketiExport(List<String> omitted, DatabaseDump dump) {

    public HeketiExport {
        omitted = Absent.texts(omitted);
    }
}
