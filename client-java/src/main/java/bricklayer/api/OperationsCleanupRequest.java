package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Body of {@code POST /operations/pending/cleanup}.
 *
 * @param operations ids; empty for all that are stale or failed
 */
public record OperationsCleanupRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> operations) {

    public OperationsCleanupRequest {
        operations = Absent.texts(operations);
    }
}
