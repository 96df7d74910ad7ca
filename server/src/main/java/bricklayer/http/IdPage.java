package bricklayer.http;

import bricklayer.api.WireJson;
import bricklayer.problem.Problem;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list of ids a request wants: {@code ?limit=} so many, {@code ?after=} that one. Without them, all.
 *
 * @param after empty for the beginning
 * @param limit empty for all
 */
public record IdPage(Optional<String> after, Optional<Integer> limit) {

    static final int LIMIT_MAX = 10_000;

    /** @throws Problem when the request says no such number */
    public static IdPage of(Context ctx) {
        return new IdPage(
                Optional.ofNullable(ctx.queryParam("after")).filter(id -> !id.isEmpty()),
                Optional.ofNullable(ctx.queryParam("limit")).map(IdPage::limit));
    }

    private static int limit(String asked) {
        if (!asked.matches("[1-9][0-9]{0,4}") || Integer.parseInt(asked) > LIMIT_MAX) {
            throw Problem.invalid("limit is \"" + asked + "\", not a number from 1 to " + LIMIT_MAX)
                    .next("leave it out for the whole list");
        }
        return Integer.parseInt(asked);
    }

    /**
     * Sends an object whose one member is a list of ids, as it is written. Where there are more, the header {@code Link} leads to the next part.
     *
     * @param ids those behind {@link #after}, ascending; walked twice, the same each time
     */
    public void answer(Context ctx, String member, Iterable<String> ids) {
        byte[] head = ascii("{\"" + member + "\":[");
        byte[] tail = ascii("]}\n");
        long length = head.length + (long) tail.length;
        int count = 0;
        @Nullable String last = null;
        boolean more = false;
        for (String id : ids) {
            if (limit.isPresent() && count == limit.get()) {
                more = true;
                break;
            }
            length += item(id).length + (count == 0 ? 0 : 1);
            count++;
            last = id;
        }
        Answer answer = Answer.status(200).contentType(Answer.JSON).header("Content-Length", String.valueOf(length));
        if (more && last != null) {
            answer.header("Link", "<" + next(ctx, last) + ">; rel=\"next\"");
        }
        int total = count;
        answer.stream(ctx.res(), out -> {
            out.write(head);
            Iterator<String> each = ids.iterator();
            for (int i = 0; i < total; i++) {
                if (i > 0) {
                    out.write(',');
                }
                out.write(item(each.next()));
            }
            out.write(tail);
        });
    }

    private static String next(Context ctx, String last) {
        StringBuilder next =
                new StringBuilder(ctx.req().getRequestURI()).append("?after=").append(encoded(last));
        for (String name : ctx.queryParamMap().keySet()) {
            String value = ctx.queryParam(name);
            if (!name.equals("after") && value != null) {
                next.append('&').append(encoded(name)).append('=').append(encoded(value));
            }
        }
        return next.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Ids are letters and digits, unless somebody's records came from elsewhere. */
    private static byte[] item(String id) {
        return id.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))
                ? ascii('"' + id + '"')
                : WireJson.write(id).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
