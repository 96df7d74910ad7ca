package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Ascending by id. */
public record PendingOperationList(
        @JsonProperty("pendingoperations") List<PendingOperation> pendingOperations) {

    public PendingOperationList {
        pendingOperations = Absent.list(pendingOperations);
    }
}
