package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Body of {@code POST /reconcile/repair}.
 *
 * @param findings ids, as {@code GET /reconcile} gave them
 * @param plan whether it is only shown what would be done
 * @param withFiles whether files may be removed that hang on what is removed
 */
public record RepairRequest(
        List<String> findings,
        boolean plan,
        @JsonProperty("with_files") boolean withFiles) {

    public RepairRequest {
        findings = Absent.list(findings);
    }
}
