package bricklayer.client;

import bricklayer.api.AbandonedOperationList;
import bricklayer.api.OperationInfo;
import bricklayer.api.OperationsCleanupRequest;
import bricklayer.api.OperationsInfo;
import bricklayer.api.PendingOperation;
import bricklayer.api.PendingOperationDetails;
import bricklayer.api.PendingOperationList;
import java.util.List;
import java.util.Optional;

/** Operations: what was asked for and takes its time. Part of {@link BricklayerClient}. */
public sealed interface OperationCalls permits BricklayerClient {

    default OperationsInfo operations() {
        return Wire.of(this).get("/operations", OperationsInfo.class);
    }

    /** Ascending by id. */
    default List<PendingOperation> pendingOperations() {
        return Wire.of(this)
                .get("/operations/pending", PendingOperationList.class)
                .pendingOperations();
    }

    default PendingOperationDetails pendingOperation(String id) {
        return Wire.of(this).get("/operations/pending/" + Wire.segment(id), PendingOperationDetails.class);
    }

    /** Asks the server to bring operations to an end that are stale or failed. Which of them did end is seen in {@link #pendingOperations}. */
    default void cleanUpOperations(OperationsCleanupRequest request) {
        Wire.of(this).operate("POST", "/operations/pending/cleanup", request);
    }

    /**
     * Waits for the end of an operation that was accepted before, such as one whose {@link OutcomeUnknown} names its place in the queue.
     *
     * @param operation its id, or its place in the queue as {@link OutcomeUnknown#queuePath} has it
     * @return where its result is found, such as {@code /volumes/…}; empty when it has none
     * @throws OperationFailed when it failed
     * @throws OutcomeUnknown when it did not end in time, or the server does not know it any more
     */
    default Optional<String> follow(String operation) {
        String id = operation.startsWith("/queue/") ? operation.substring("/queue/".length()) : operation;
        return Wire.of(this).follow("/queue/" + Wire.segment(id));
    }

    /** An operation, open or ended. */
    default OperationInfo operation(String id) {
        return Wire.of(this).get("/operations/" + Wire.segment(id), OperationInfo.class);
    }

    /** Operations that were abandoned and may have left something on nodes; ascending by id. */
    default List<OperationInfo> abandonedOperations() {
        return Wire.of(this)
                .get("/operations/abandoned", AbandonedOperationList.class)
                .operations();
    }

    /** Has an open operation tried now, or an abandoned one taken up again. Fails when it stays open. */
    default OperationInfo resumeOperation(String id) {
        return steer(id, "resume");
    }

    /** Takes an open operation back. Fails when it cannot be, or cannot be now. */
    default OperationInfo undoOperation(String id) {
        return steer(id, "undo");
    }

    /** Ends an open operation where it stands. The answer says what it may have left. */
    default OperationInfo abandonOperation(String id) {
        return steer(id, "abandon");
    }

    private OperationInfo steer(String id, String how) {
        return Wire.of(this)
                .operate("POST", "/operations/pending/" + Wire.segment(id) + "/" + how, null)
                .require(200)
                .as(OperationInfo.class);
    }
}
