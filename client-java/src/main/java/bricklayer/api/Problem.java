package bricklayer.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as {@code application/problem+json} (RFC 9457), for clients that accept it; others get {@code detail} as plain text. Empty members are
 * left out.
 *
 * @param type {@code about:blank}, or a URI that stays the same for one kind of problem
 * @param title the kind in words, without particulars
 * @param detail the message that clients of Heketi would read
 * @param object what it is about, such as {@code volume <id>}
 * @param cause what lies behind it
 * @param host the node on which it happened
 * @param command the command that failed there
 * @param stderr what that command said
 * @param next what the caller can do about it
 * @param more members that only some kinds of problem have, such as the devices refused and why
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String object,
        String cause,
        String host,
        String command,
        String stderr,
        String next,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        type = Absent.text(type);
        title = Absent.text(title);
        detail = Absent.text(detail);
        object = Absent.text(object);
        cause = Absent.text(cause);
        host = Absent.text(host);
        command = Absent.text(command);
        stderr = Absent.text(stderr);
        next = Absent.text(next);
        more = more == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }
}
