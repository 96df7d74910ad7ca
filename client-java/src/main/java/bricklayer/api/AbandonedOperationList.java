package bricklayer.api;

import java.util.List;

/** Answer of {@code GET /operations/abandoned}; ascending by id. */
public record AbandonedOperationList(List<OperationInfo> operations) {

    public AbandonedOperationList {
        operations = Absent.list(operations);
    }
}
