package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests of a client as they lie on the wire, and the answers it needs.
 *
 * <p>A file is a row of exchanges: {@code >>>}, the request; {@code <<<}, the status, headers and body of the answer; {@code ===}. {@code >>> POLL} is sent
 * again while the answer says that it is pending. In a request {@code ${name}} stands for what is known by that name, {@code ${host}}, {@code ${now+5}}, {@code
 * ${qsh}} and {@code ${length}} for what the moment says, and {@code TOKEN header claims} for the token with that JSON, byte for byte, signed; {@code UNSIGNED}
 * for one signed with an empty key. In an answer {@code ${name}} must be what is known by that name, or becomes known; {@code ${*}} is anything; {@code !Name} is
 * a header that must not come; a line that ends with a backslash has no newline.
 */
record Fixture(List<Exchange> exchanges) {

    /**
     * @param request its lines; behind an empty one the body
     * @param answer header lines
     */
    record Exchange(int line, boolean poll, List<String> request, int status, List<String> answer, String body) {}

    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-zA-Z0-9*]+)}");
    private static final Pattern MOMENT = Pattern.compile("\\$\\{now(\\+\\d+)?}");
    private static final Pattern TOKEN = Pattern.compile("(TOKEN|UNSIGNED) (\\S+) (\\S+)");

    static Fixture parse(String text) {
        List<Exchange> exchanges = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith(">>>")) {
                int start = i;
                List<String> request = new ArrayList<>();
                while (!lines[++i].startsWith("<<<")) {
                    request.add(lines[i]);
                }
                int status = Integer.parseInt(lines[i].substring(4));
                List<String> answer = new ArrayList<>();
                while (!lines[++i].isEmpty()) {
                    answer.add(lines[i]);
                }
                StringBuilder body = new StringBuilder();
                while (!lines[++i].equals("===")) {
                    body.append(lines[i]).append('\n');
                }
                exchanges.add(new Exchange(
                        start + 1,
                        lines[start].endsWith("POLL"),
                        request,
                        status,
                        answer,
                        body.toString().replace("\\\n", "")));
            }
        }
        return new Fixture(exchanges);
    }

    /** Sends it all on one connection, as long as the server leaves it open. */
    void replay(int port, String key, Map<String, String> known) throws IOException {
        Wire wire = new Wire(port);
        try {
            for (Exchange exchange : exchanges) {
                Reply reply = wire.exchange(bytes(exchange, port, key, known));
                while (exchange.poll() && reply.pending()) {
                    assertThat(reply.status()).isEqualTo(200);
                    assertThat(reply.body()).isEmpty();
                    assertThat(reply.headers()).containsEntry("x-pending", "true");
                    Conformance.pause(20);
                    reply = wire.exchange(bytes(exchange, port, key, known));
                }
                check(exchange, reply, known);
                if (reply.header("connection").orElse("").equals("close")) {
                    wire.close();
                    wire = new Wire(port);
                }
            }
        } finally {
            wire.close();
        }
    }

    private static byte[] bytes(Exchange exchange, int port, String key, Map<String, String> known) {
        int empty = exchange.request().indexOf("");
        UnaryOperator<String> filled = text -> PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        known.containsKey(place.group(1)) ? known.get(place.group(1)) : place.group()));
        String body = filled.apply(String.join(
                "\n", exchange.request().subList(empty + 1, exchange.request().size())));
        String[] first = filled.apply(exchange.request().getFirst()).split(" ", -1);
        long now = Tokens.now();
        StringBuilder head = new StringBuilder();
        for (String line : exchange.request().subList(0, empty)) {
            String said = MOMENT.matcher(line)
                    .replaceAll(moment ->
                            Long.toString(now + (moment.group(1) == null ? 0 : Long.parseLong(moment.group(1)))));
            said = said.replace("${qsh}", Tokens.qsh(first[0], first[1]))
                    .replace("${host}", "127.0.0.1:" + port)
                    .replace("${length}", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
            said = TOKEN.matcher(filled.apply(said))
                    .replaceAll(token -> Matcher.quoteReplacement(Tokens.signed(
                            token.group(2), "HS256", token.group(1).equals("TOKEN") ? key : "", token.group(3))));
            head.append(said).append("\r\n");
        }
        return (head + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private static void check(Exchange exchange, Reply reply, Map<String, String> known) {
        String where = "line " + exchange.line() + ": " + reply;
        assertThat(reply.status()).as(where).isEqualTo(exchange.status());
        for (String header : exchange.answer()) {
            if (header.startsWith("!")) {
                assertThat(reply.header(header.substring(1).toLowerCase(Locale.ROOT)))
                        .as("%s of %s", header, where)
                        .isEmpty();
            } else {
                String[] parts = header.split(": ", 2);
                assertThat(reply.headers()).as(where).containsKey(parts[0].toLowerCase(Locale.ROOT));
                match(
                        where,
                        parts[1],
                        reply.header(parts[0].toLowerCase(Locale.ROOT)).orElseThrow(),
                        known);
            }
        }
        match(where, exchange.body(), reply.body(), known);
    }

    /** What is known must be there; what is not becomes known. */
    private static void match(String where, String expected, String seen, Map<String, String> known) {
        StringBuilder regex = new StringBuilder();
        List<String> names = new ArrayList<>();
        Matcher place = PLACE.matcher(expected);
        int from = 0;
        while (place.find()) {
            String name = place.group(1);
            regex.append(Pattern.quote(expected.substring(from, place.start())));
            if (known.containsKey(name)) {
                regex.append(Pattern.quote(known.get(name)));
            } else if (name.equals("*")) {
                regex.append("(?s:.*?)");
            } else if (names.contains(name)) {
                regex.append("\\").append(names.indexOf(name) + 1).append("(?:)");
            } else {
                names.add(name);
                regex.append("([^\"/,}]+)");
            }
            from = place.end();
        }
        regex.append(Pattern.quote(expected.substring(from)));
        Matcher whole = Pattern.compile(regex.toString()).matcher(seen);
        assertThat(whole.matches())
                .as("%s%nexpected: '%s'%nknown: %s", where, expected, known)
                .isTrue();
        for (int i = 0; i < names.size(); i++) {
            known.put(names.get(i), whole.group(i + 1));
        }
    }
}
