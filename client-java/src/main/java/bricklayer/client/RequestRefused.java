package bricklayer.client;

import bricklayer.api.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server said no. Subclasses name the kinds that callers tell apart; this class itself stands for the rest. */
public class RequestRefused extends BricklayerException {

    private final int status;
    private final String text;
    private final transient @Nullable Problem problem;

    RequestRefused(Answer answer) {
        super(answer.asked() + ": " + answer.errorText() + " (status " + answer.status() + ")" + answer.hint(), null);
        this.status = answer.status();
        this.text = answer.errorText();
        this.problem = answer.problem().orElse(null);
    }

    static RequestRefused of(Answer answer) {
        return switch (answer.status()) {
            case 400, 422 -> new InvalidRequest(answer);
            case 401, 403 -> new NotAuthorised(answer);
            case 404 -> new NotFound(answer);
            case 409 -> new Conflict(answer);
            case 429 -> new ServerBusy(answer);
            default -> answer.status() >= 500 ? new ServerFailed(answer) : new RequestRefused(answer);
        };
    }

    public int status() {
        return status;
    }

    /** The server's words, without white space around them. */
    public String text() {
        return text;
    }

    /** What the server said beyond its words; empty when it is a Heketi. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
