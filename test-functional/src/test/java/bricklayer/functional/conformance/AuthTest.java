package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what those hear who are not. The key of {@code admin} has nine bytes, as many in the field. */
final class AuthTest extends Conformance {

    private static final String PATH = "/clusters";
    private static final String QSH = Tokens.qsh("GET", PATH);

    /** GET /clusters with this header. */
    private Reply with(String authorization) {
        return raw("GET", PATH, "", "Authorization: " + authorization);
    }

    /**
     * GET /clusters with a token that is right but for the claims given.
     *
     * @param claims with {@code NOW} for the second, {@code NOW+5} for five later, and {@code QSH}
     */
    private Reply claiming(String claims) {
        return with("bearer " + Tokens.signed("HS256", keys().admin(), dated(claims)));
    }

    private static String dated(String claims) {
        long now = Tokens.now();
        String filled = json(claims).replace("QSH", "\"qsh\":\"" + QSH + "\"");
        return java.util.regex.Pattern.compile("NOW([+-]\\d+)?")
                .matcher(filled)
                .replaceAll(seen -> Long.toString(now + (seen.group(1) == null ? 0 : Long.parseLong(seen.group(1)))));
    }

    private static void refused(Reply reply, String text) {
        reply.isText(401, text);
    }

    @Test
    void noHeader() {
        refused(raw("GET", PATH, ""), "Required authorization token not found");
        refused(with(""), "Required authorization token not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "bearer", "bearer a b", "basic YTpi", "bearera.b.c", "a.b.c bearer x"})
    void notTwoWords(String header) {
        with(header).isText(400, "Authorization header format must be Bearer {token}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "Bearer", "BEARER", "bEaReR"})
    void schemeInAnyCase(String scheme) {
        with(scheme + " " + Tokens.of("admin", keys().admin(), "GET", PATH)).isJson(200);
        with(scheme + "    " + Tokens.of("admin", keys().admin(), "GET", PATH) + "  ")
                .isJson(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a.b.c.d", "..."})
    void segments(String token) {
        refused(with("bearer " + token), "Invalid JWT token: token contains an invalid number of segments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "..", "e30.!.x", "!.e30.x", "W10.e30.x", "e30.W10.x"})
    void undecodable(String token) {
        Reply reply = with("bearer " + token);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).startsWith("Invalid JWT token: ").endsWith("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            none   | Unexpected signing method: none
            RS256  | Unexpected signing method: RS256
            RS512  | Unexpected signing method: RS512
            ES256  | Unexpected signing method: ES256
            PS384  | Unexpected signing method: PS384
            HS1    | signing method (alg) is unavailable.
            x      | signing method (alg) is unavailable.
            hs256  | signing method (alg) is unavailable.
            """)
    void algorithms(String algorithm, String text) {
        String header = json("{'alg':'%s','typ':'JWT'}").formatted(algorithm);
        String claims = dated("{'iss':'admin','exp':NOW+60,QSH}");
        refused(with("bearer " + Tokens.signed(header, "HS256", keys().admin(), claims)), "Invalid JWT token: " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void hmacOfAnyLength(String algorithm) {
        String claims = dated("{'iss':'admin','iat':NOW,'exp':NOW+60,QSH}");
        with("bearer " + Tokens.signed(algorithm, keys().admin(), claims)).isJson(200);
        refused(
                with("bearer " + Tokens.signed(algorithm, "my secret", claims)),
                "Invalid JWT token: signature is invalid (client and server secrets may not match)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'exp':NOW+60,QSH}                              | Token missing iss claim
            {'iss':'','exp':NOW+60,QSH}                     | Token missing iss claim
            {'iss':'root','exp':NOW+60,QSH}                 | Unknown user
            {'iss':'Admin','exp':NOW+60,QSH}                | Unknown user
            {'iss':'admin','exp':NOW-10,QSH}                | Token is expired by 1{0}s
            {'iss':'admin','iat':NOW-99,'exp':NOW-90,QSH}   | Token is expired by 1m3{0}s
            {'iss':'admin','exp':NOW-7200,QSH}              | Token is expired by 2h0m{0}s
            {'iss':'admin','iat':NOW+150,'exp':NOW+300,QSH} | Token used before issued (client and server clocks may differ)
            {'iss':'admin','nbf':NOW+30,'exp':NOW+300,QSH}  | token is not valid yet
            {'iss':'admin','iat':NOW+150,'exp':NOW-9,QSH}   | Token used before issued (client and server clocks may differ)
            {'iss':'admin','nbf':NOW+30,'iat':NOW+150,'exp':NOW-9,QSH} | token is not valid yet
            """)
    void claims(String claims, String text) {
        Reply reply = claiming(claims);
        int wild = text.indexOf("{0}");
        if (wild < 0) {
            refused(reply, "Invalid JWT token: " + text);
        } else {
            // the second may have passed between here and there
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body()).matches("Invalid JWT token: " + text.substring(0, wild) + "\\d+s\n");
        }
    }

    @Test
    void expiryMissing() {
        Reply reply = claiming("{'iss':'admin',QSH}");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).matches("Invalid JWT token: Token is expired by \\d{6,}h\\d+m\\d+s\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'iss':'admin','exp':NOW+60,QSH}",
                "{'iss':'admin','iat':NOW+110,'exp':NOW+300,QSH}",
                "{'iss':'admin','iat':NOW,'exp':NOW+1,QSH}",
                "{'iss':'admin','nbf':NOW,'exp':NOW+60,QSH}",
                "{'iss':'admin','iat':NOW-100000,'exp':NOW+100000000,QSH}",
                "{'iss':'admin','exp':NOW+60,'aud':'x','sub':'y','jti':'z',QSH,'other':[1,{'a':2.5}]}",
                "{'exp':NOW+60,QSH,'iss':'admin','exp':NOW+60}"
            })
    void letIn(String claims) {
        claiming(claims).isJson(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'iss':'admin','exp':NOW.5,QSH}",
                "{'iss':'admin','exp':'NOW+60',QSH}",
                "{'iss':'admin','exp':true,QSH}",
                "{'iss':'admin','exp':NOW+60,'iat':NOW.0,QSH}",
                "{'iss':'admin','exp':NOW+60,'nbf':1e9,QSH}",
                "{'iss':'admin','exp':123456789012345678901234567890,QSH}",
                "{'iss':'admin','exp':NOW+60,'aud':['x'],QSH}",
                "{'iss':'admin','exp':NOW+60,'sub':1,QSH}",
                "{'iss':'admin','exp':NOW+60,'jti':{},QSH}",
                "{'iss':1,'exp':NOW+60,QSH}",
                "{'iss':'admin','exp':NOW+60,'qsh':1}"
            })
    void claimsOfAnotherType(String claims) {
        Reply reply = claiming(claims);
        assertThat(reply.status()).as("%s", reply).isEqualTo(401);
        assertThat(reply.body()).startsWith("Invalid JWT token: ");
    }

    /** Valid through the second that {@code exp} names: tokens of the Python client live one second. */
    @Test
    void lastSecondIsIncluded() {
        int inTime = 0;
        for (int i = 0; i < 20; i++) {
            long now = Tokens.now();
            Reply reply = with("bearer "
                    + Tokens.signed(
                            "HS256",
                            keys().admin(),
                            json("{'iss':'admin','iat':%d,'exp':%d,'qsh':'%s'}").formatted(now, now, QSH)));
            if (Tokens.now() == now) { // asked and answered within the second
                reply.isJson(200);
                inTime++;
            }
            pause(37);
        }
        assertThat(inTime).isGreaterThan(5);
    }

    @Test
    void wrongSignatureIsToldBeforeTimes() {
        String claims = dated("{'iss':'admin','iat':NOW+500,'exp':NOW-500,QSH}");
        refused(
                with("bearer " + Tokens.signed("HS256", "another", claims)),
                "Invalid JWT token: signature is invalid (client and server secrets may not match)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'iss':'admin','exp':NOW+60}",
                "{'iss':'admin','exp':NOW+60,'qsh':''}",
                "{'iss':'admin','exp':NOW+60,'qsh':'c162acc9024272120bacfff7709c932cc252337d0a30fa15b025010066662bea'}"
            })
    void qsh(String claims) {
        refused(claiming(claims), "Invalid qsh claim in token");
    }

    @Test
    void qshIsOfMethodAndPath() {
        String token = Tokens.of("admin", keys().admin(), "GET", PATH);
        refused(raw("POST", PATH, "{}", "Authorization: bearer " + token), "Invalid qsh claim in token");
        refused(raw("GET", "/volumes", "", "Authorization: bearer " + token), "Invalid qsh claim in token");
        refused(
                with("bearer "
                        + Tokens.signed(
                                "HS256",
                                keys().admin(),
                                dated("{'iss':'admin','exp':NOW+60,'qsh':'" + QSH.toUpperCase(java.util.Locale.ROOT)
                                        + "'}"))),
                "Invalid qsh claim in token");
        // told after what is wrong with the token itself
        refused(
                with("bearer " + Tokens.signed("HS256", "another", dated("{'iss':'admin','exp':NOW+60}"))),
                "Invalid JWT token: signature is invalid (client and server secrets may not match)");
    }

    private Reply asUser(String method, String path, String body) {
        return raw(method, path, json(body), "Authorization: bearer " + Tokens.of("user", keys().user(), method, path));
    }

    /** {@code user} may use one path only, and not even ask how the volume it creates gets on. */
    @Test
    void user() {
        asUser("GET", "/volumes", "").isJson(200, "{\"volumes\":[]}");
        asUser("POST", "/volumes", "{").isText(422, UNPARSABLE);
        asUser("POST", "/volumes", PLAIN).isText(400, "No clusters configured");
        asUser("PUT", "/volumes", "{}").isEmpty(405);
        for (String path : new String[] {
            "/clusters", "/volumes/" + NOBODY, "/queue/" + NOBODY, "/volumes/", "/nothing", "/operations", "/admin"
        }) {
            refused(asUser("GET", path, ""), "Administrator access required");
        }
        refused(asUser("DELETE", "/volumes/" + NOBODY, ""), "Administrator access required");
        refused(asUser("POST", "/clusters", "{}"), "Administrator access required");
        refused(
                raw(
                        "GET",
                        "/volumes",
                        "",
                        "Authorization: bearer " + Tokens.of("user", keys().admin(), "GET", "/volumes")),
                "Invalid JWT token: signature is invalid (client and server secrets may not match)");
    }
}
