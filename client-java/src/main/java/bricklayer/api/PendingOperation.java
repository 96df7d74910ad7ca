package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An operation that has not ended. All keys are always written.
 *
 * @param typeName such as {@code create-volume}
 * @param status empty (new), {@code stale} or {@code failed}
 * @param subStatus {@code in-flight} when this process runs it now, else empty
 */
public record PendingOperation(
        String id,
        @JsonProperty("type_name") String typeName,
        String status,
        @JsonProperty("sub_status") String subStatus) {

    public PendingOperation {
        id = Absent.text(id);
        typeName = Absent.text(typeName);
        status = Absent.text(status);
        subStatus = Absent.text(subStatus);
    }
}
