package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Answer of {@code GET /operations/pending/{id}}: the operation and what it changes.
 *
 * @param subStatus always empty here
 */
public record PendingOperationDetails(
        String id,
        @JsonProperty("type_name") String typeName,
        String status,
        @JsonProperty("sub_status") String subStatus,
        List<Change> changes) {

    public PendingOperationDetails {
        id = Absent.text(id);
        typeName = Absent.text(typeName);
        status = Absent.text(status);
        subStatus = Absent.text(subStatus);
        changes = Absent.list(changes);
    }

    /** One item of the operation: its id, and what happens to it in words such as {@code Add brick}. */
    public record Change(String id, String description) {

        public Change {
            id = Absent.text(id);
            description = Absent.text(description);
        }
    }
}
