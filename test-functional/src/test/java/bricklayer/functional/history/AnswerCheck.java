package bricklayer.functional.history;

import java.util.List;
import java.util.regex.Pattern;

/** Each request gets its own answer, one that its path can give, and goes without only if the server was killed. */
final class AnswerCheck {

    private static final String IN_USE = "The target exists, contains other items, or is in use.";

    /** What a request may be told when it comes at the wrong moment, or when there is no room. */
    private static final Pattern REFUSAL = Pattern.compile(
            ".*(" + Pattern.quote(IN_USE)
                    + "|No space|has pending bricks|brick is pending|Out of space|nothing to be done|shrinking is not allowed|No Replacement).*",
            Pattern.DOTALL);

    private AnswerCheck() {}

    static void check(History history, List<String> faults) {
        for (Exchange exchange : history.exchanges()) {
            if (!exchange.answered()) {
                if (history.dead(exchange.server()) == Long.MAX_VALUE) {
                    faults.add("no answer, though the server lived: " + exchange);
                }
            } else if (!exchange.echo().equals(exchange.requestId())) {
                faults.add("the answer to request " + exchange.echo() + " came to " + exchange);
            } else if (!fits(exchange)) {
                faults.add("not an answer to be expected: " + exchange);
            }
        }
    }

    private static boolean fits(Exchange exchange) {
        int status = exchange.status();
        if (exchange.path().startsWith("/queue/")) {
            return status == 303 || status == 204 || status == 500 || (status == 200 && exchange.pending());
        }
        if (exchange.method().equals("GET")) {
            return status == 200 || (status == 404 && exchange.path().matches("/(block)?volumes/.*"));
        }
        return switch (status) {
            case 404, 429 -> true;
            case 422 -> !exchange.key().isEmpty();
            case 409, 500 -> REFUSAL.matcher(exchange.answer()).matches();
            case 200 -> exchange.path().endsWith("/tags") || exchange.is("DELETE", "/clusters/.*");
            case 201 -> exchange.path().equals("/clusters");
            default -> status == 202 && exchange.location().matches("/queue/[0-9a-f]{32}");
        };
    }
}
