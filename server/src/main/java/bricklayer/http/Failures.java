package bricklayer.http;

import bricklayer.host.HostFailure;
import bricklayer.operation.CannotSteer;
import bricklayer.operation.RequestKeyReused;
import bricklayer.operation.RowHeld;
import bricklayer.operation.RowInDoubt;
import bricklayer.operation.TooManyOperations;
import bricklayer.problem.Problem;
import bricklayer.store.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever a request met becomes an answer, and never a stack trace. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** Clients of Heketi add up to nine seconds of their own. */
    private static final Duration BUSY_PAUSE = Duration.ofSeconds(2);

    private Failures() {}

    static void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response) {
        if (thrown instanceof UncheckedIOException gone) {
            LOG.debug("{}", gone.getMessage(), gone);
            return;
        }
        String id = String.valueOf(response.getHeader(RequestIds.HEADER));
        Problem problem = problemOf(thrown, request, id);
        if (response.isCommitted()) {
            LOG.warn("the answer had begun when this happened; the connection is cut", thrown);
            // ended in good order, the beginning would look like the whole
            ServletContextRequest.getServletContextRequest(request)
                    .getServletChannel()
                    .abort(thrown);
            return;
        }
        response.resetBuffer();
        try {
            Answer.problem(problem, request, id).send(response);
        } catch (UncheckedIOException gone) {
            LOG.debug("{}", gone.getMessage(), gone);
        }
    }

    private static Problem problemOf(Throwable thrown, HttpServletRequest request, String id) {
        return switch (thrown) {
            case Problem problem -> causedByTransport(problem);
            case HostFailure failure -> Problem.hostFailure(failure);
            case StoreException failure -> {
                LOG.error("the store cannot serve {} {}", request.getMethod(), request.getRequestURI(), failure);
                yield Problem.of(500, "store", String.valueOf(failure.getMessage()))
                        .causedBy(failure);
            }
            case RowHeld held ->
                Problem.inUse()
                        .causedBy(held)
                        .detail("operation", held.holder().value())
                        .next("wait until operation " + held.holder() + " has ended");
            case RowInDoubt doubt ->
                Problem.inUse()
                        .causedBy(doubt)
                        .detail("reason", String.valueOf(doubt.getMessage()))
                        .next("GET /operations/health says what to do about rows that cannot be read");
            case CannotSteer no ->
                Problem.conflict(String.valueOf(no.getMessage())).causedBy(no);
            case TooManyOperations busy -> Problem.busy(BUSY_PAUSE).causedBy(busy);
            case RequestKeyReused reused -> Problem.of(422, "key-reused", String.valueOf(reused.getMessage()));
            case HttpException refused -> badMessage(refused);
            default -> {
                LOG.error(
                        "a fault of this program ended {} {}; please report it with the lines of this request",
                        request.getMethod(),
                        request.getRequestURI(),
                        thrown);
                yield Problem.of(500, "internal", "internal error, see the server's log for request " + id);
            }
        };
    }

    /** A body that Jetty gave up on (too slow, badly chunked) carries Jetty's own status. */
    private static Problem causedByTransport(Problem problem) {
        return problem.getCause() instanceof HttpException refused ? badMessage(refused) : problem;
    }

    private static Problem badMessage(HttpException refused) {
        return Problem.of(Math.max(400, refused.getCode()), "bad-message", String.valueOf(refused.getReason()));
    }
}
