package bricklayer.http;

import bricklayer.api.OperationInfo;
import bricklayer.host.HostName;
import bricklayer.operation.Abandonment;
import bricklayer.operation.Operation;
import bricklayer.operation.OperationState;
import java.time.Instant;
import java.util.Optional;

/** An operation as the wire shows it. */
public final class OperationView {

    private OperationView() {}

    public static OperationInfo of(Operation operation) {
        Optional<Abandonment> abandoned = operation.abandoned();
        return new OperationInfo(
                operation.id().value(),
                operation.kind(),
                switch (operation.state()) {
                    case RUNNING -> "running";
                    case ROLLING_BACK -> "undoing";
                    case DONE -> "done";
                    case FELL_SHORT -> "fell-short";
                    case ABORTED -> "undone";
                    case ABANDONED -> "abandoned";
                },
                operation.error().orElse(""),
                operation.state() == OperationState.DONE ? operation.resource().orElse("") : "",
                operation.state().open() ? operation.retry().obstacle().orElse("") : "",
                operation.retry().failures(),
                operation.begun().toString(),
                operation.ended().map(Instant::toString).orElse(""),
                abandoned
                        .map(how -> how.direction() == OperationState.RUNNING ? "as-after" : "as-before")
                        .orElse(""),
                abandoned.stream()
                        .flatMap(how -> how.leftovers().stream())
                        .map(left -> new OperationInfo.Leftover(
                                left.hosts().stream().map(HostName::value).toList(),
                                left.step(),
                                left.seen(),
                                left.commands()))
                        .toList());
    }
}
