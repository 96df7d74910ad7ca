package bricklayer.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bricklayer.config.JwtConfig;
import bricklayer.config.Secret;
import bricklayer.http.Incoming;
import bricklayer.http.SampleServer;
import bricklayer.problem.Problem;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule and each text of Heketi's authentication, at a fixed time. */
class TokenGateTest {

    private static final long NOW = 1_800_000_000L;
    private static final String ADMIN_KEY = "My Secret";
    private static final String USER_KEY = "u";

    private final TokenGate gate = new TokenGate(
            new JwtConfig(new Secret(ADMIN_KEY), new Secret(USER_KEY), Duration.ofMinutes(2)),
            () -> Instant.ofEpochSecond(NOW, 999_999_999));

    private String admit(String authorization, String method, String path) {
        return gate.admit(new Incoming(method, path, Optional.of(authorization), InetAddress.getLoopbackAddress()));
    }

    private String refused(int status, String authorization, String method, String path) {
        Problem problem = catchThrowableOfType(Problem.class, () -> admit(authorization, method, path));
        assertThat(problem).as("it was let in").isNotNull();
        assertThat(problem.status()).as(problem.text()).isEqualTo(status);
        return problem.text();
    }

    private String refusedToken(String token) {
        return refused(401, "bearer " + token, "GET", "/clusters");
    }

    private static String claims(String more) {
        return "{\"iss\":\"admin\",\"iat\":" + NOW + ",\"exp\":" + (NOW + 60) + ",\"qsh\":\""
                + Tokens.qsh("GET", "/clusters") + "\"" + more + "}";
    }

    private static String token(String claims) {
        return Tokens.signed("HS256", ADMIN_KEY, claims);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void bothUsersWithShortKeysAndEachHmac(String algorithm) {
        String admin = Tokens.signed(algorithm, ADMIN_KEY, claims(""));
        assertThat(admit("bearer " + admin, "GET", "/clusters")).isEqualTo("admin");

        String user = Tokens.signed(
                algorithm,
                USER_KEY,
                "{\"iss\":\"user\",\"exp\":" + NOW + ",\"qsh\":\"" + Tokens.qsh("POST", "/volumes") + "\"}");
        assertThat(admit("bearer " + user, "POST", "/volumes")).isEqualTo("user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer ", "Bearer ", "BEARER\t", "bearer   "})
    void theSchemeIsReadInAnyCase(String scheme) {
        assertThat(admit(scheme + token(claims("")), "GET", "/clusters")).isEqualTo("admin");
    }

    @Test
    void withoutAHeader() {
        Problem missing = catchThrowableOfType(
                Problem.class,
                () -> gate.admit(new Incoming("GET", "/clusters", Optional.empty(), InetAddress.getLoopbackAddress())));
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.text()).isEqualTo("Required authorization token not found");
        assertThat(refused(401, "", "GET", "/clusters")).isEqualTo("Required authorization token not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "token", "basic abc", "bearer a b", "bearer: x y", "Bearer,x"})
    void aHeaderOfAnotherFormIs400(String header) {
        assertThat(refused(400, header, "GET", "/clusters"))
                .isEqualTo("Authorization header format must be Bearer {token}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a.b.c.d", "...", "a.b.c."})
    void notThreeParts(String token) {
        assertThat(refusedToken(token)).isEqualTo("Invalid JWT token: token contains an invalid number of segments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a.b.c", "e30..", "e30.e30!.x", "W10.e30.x", "e30.MQ.x", "\u00e9.e30.x"})
    void whatCannotBeDecoded(String token) {
        assertThat(refusedToken(token)).startsWith("Invalid JWT token: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "RS256", "PS384", "ES512"})
    void anAlgorithmThatIsNotHmac(String algorithm) {
        assertThat(refusedToken(Tokens.signed(algorithm, ADMIN_KEY, claims(""))))
                .isEqualTo("Invalid JWT token: Unexpected signing method: " + algorithm);
        assertThat(refusedToken(Tokens.base64("{\"alg\":\"none\"}") + "." + Tokens.base64(claims("")) + "."))
                .isEqualTo("Invalid JWT token: Unexpected signing method: none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hs256", "HS257", "None"})
    void anAlgorithmThatNobodyKnows(String algorithm) {
        assertThat(refusedToken(Tokens.signed(algorithm, ADMIN_KEY, claims(""))))
                .isEqualTo("Invalid JWT token: signing method (alg) is unavailable.");
    }

    @Test
    void anAlgorithmIsNeeded() {
        assertThat(refusedToken(Tokens.signed("{}", "HS256", ADMIN_KEY, claims(""))))
                .isEqualTo("Invalid JWT token: signing method (alg) is unspecified.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"iss\":\"\"}", "{\"iss\":null}"})
    void anIssuerIsNeeded(String claims) {
        assertThat(refusedToken(token(claims))).isEqualTo("Invalid JWT token: Token missing iss claim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Admin", "root", "admin "})
    void anIssuerNobodyKnows(String issuer) {
        assertThat(refusedToken(token("{\"iss\":\"" + issuer + "\"}"))).isEqualTo("Invalid JWT token: Unknown user");
    }

    @Test
    void aWrongKeyIsToldWhateverElseIsWrong() {
        String text = "Invalid JWT token: signature is invalid (client and server secrets may not match)";
        assertThat(refusedToken(Tokens.signed("HS256", "other", claims("")))).isEqualTo(text);
        assertThat(refusedToken(Tokens.signed("HS256", "other", "{\"iss\":\"admin\",\"exp\":1}")))
                .isEqualTo(text);
        assertThat(refusedToken(Tokens.signed("HS256", USER_KEY, claims("")))).isEqualTo(text);
        String good = token(claims(""));
        assertThat(refusedToken(good.substring(0, good.lastIndexOf('.') + 1))).isEqualTo(text);
    }

    @Test
    void aTokenIsGoodThroughTheSecondInWhichItExpires() {
        String path = "/clusters";
        assertThat(admit("bearer " + Tokens.of("admin", ADMIN_KEY, "GET", path, NOW, NOW), "GET", path))
                .isEqualTo("admin");
        assertThat(refusedToken(Tokens.of("admin", ADMIN_KEY, "GET", path, NOW, NOW - 1)))
                .isEqualTo("Invalid JWT token: Token is expired by 1s");
    }

    @ParameterizedTest
    @CsvSource({"10, 10s", "60, 1m0s", "100, 1m40s", "3600, 1h0m0s", "90061, 25h1m1s"})
    void lateIsToldAsGoTellsIt(long late, String told) {
        assertThat(refusedToken(Tokens.of("admin", ADMIN_KEY, "GET", "/clusters", NOW, NOW - late)))
                .isEqualTo("Invalid JWT token: Token is expired by " + told);
    }

    @Test
    void aMissingExpiryShowsAHugeOne() {
        assertThat(refusedToken(token("{\"iss\":\"admin\"}")))
                .isEqualTo("Invalid JWT token: Token is expired by 500000h0m0s");
        assertThat(refusedToken(token("{\"iss\":\"admin\",\"exp\":-9000000000000}")))
                .isEqualTo("Invalid JWT token: Token is expired by 2562047h47m16.854775807s");
    }

    @Test
    void onlyIatHasLeeway() {
        String path = "/clusters";
        assertThat(admit("bearer " + Tokens.of("admin", ADMIN_KEY, "GET", path, NOW + 120, NOW + 200), "GET", path))
                .isEqualTo("admin");
        assertThat(refusedToken(Tokens.of("admin", ADMIN_KEY, "GET", path, NOW + 121, NOW + 200)))
                .isEqualTo("Invalid JWT token: Token used before issued (client and server clocks may differ)");
        assertThat(admit("bearer " + token(claims(",\"nbf\":" + NOW)), "GET", path))
                .isEqualTo("admin");
        assertThat(refusedToken(token(claims(",\"nbf\":" + (NOW + 1)))))
                .isEqualTo("Invalid JWT token: token is not valid yet");
    }

    @Test
    void theLastWrongTimeIsTold() {
        String late = "{\"iss\":\"admin\",\"exp\":" + (NOW - 5) + ",\"iat\":" + (NOW + 500);
        assertThat(refusedToken(token(late + "}"))).contains("Token used before issued");
        assertThat(refusedToken(token(late + ",\"nbf\":" + (NOW + 500) + "}"))).contains("token is not valid yet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"exp\":1800000060.5",
                ",\"exp\":1.8e9",
                ",\"exp\":\"1800000060\"",
                ",\"iat\":true",
                ",\"nbf\":[]",
                ",\"exp\":99999999999999999999",
                ",\"exp\":9223372036854775807",
                ",\"aud\":[\"a\"]",
                ",\"sub\":1",
                ",\"jti\":{}",
                ",\"iss\":7",
                ",\"qsh\":7"
            })
    void claimsOfAWrongType(String more) {
        assertThat(refusedToken(token(claims(more)))).startsWith("Invalid JWT token: ");
    }

    @Test
    void otherClaimsAreIgnored() {
        String more = ",\"aud\":\"a\",\"sub\":null,\"jti\":\"\",\"foo\":{\"a\":[1,2]}";
        assertThat(admit("bearer " + token(claims(more)), "GET", "/clusters")).isEqualTo("admin");
    }

    @Test
    void theTokenIsForOneMethodAndOnePath() {
        String text = "Invalid qsh claim in token";
        String good = "bearer " + token(claims(""));
        assertThat(refused(401, good, "POST", "/clusters")).isEqualTo(text);
        assertThat(refused(401, good, "GET", "/clusters/ab")).isEqualTo(text);
        assertThat(refusedToken(token("{\"iss\":\"admin\",\"exp\":" + NOW + "}")))
                .isEqualTo(text);
        assertThat(refusedToken(token("{\"iss\":\"admin\",\"exp\":" + NOW + ",\"qsh\":\""
                        + Tokens.qsh("GET", "/clusters").toUpperCase(java.util.Locale.ROOT) + "\"}")))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/volumes/ab", "/queue/ab", "/clusters", "/volumes/", "/"})
    void theUserMayGoToVolumesOnly(String path) {
        String token = Tokens.of("user", USER_KEY, "GET", path, NOW, NOW + 60);
        assertThat(refused(401, "bearer " + token, "GET", path)).isEqualTo("Administrator access required");
    }

    @Test
    void theServerAsksBeforeItRoutesAndNeverForHello() {
        try (SampleServer sample = new SampleServer(gate)) {
            assertThat(sample.http.get("/hello", "Authorization: nonsense").status())
                    .isEqualTo(200);
            assertThat(sample.http.get("/nope").body()).isEqualTo("Required authorization token not found\n");
            assertThat(sample.http.get("/nope").headers()).doesNotContainKey("www-authenticate");
            assertThat(sample.http.get("/clusters", "Authorization: basic x").status())
                    .isEqualTo(400);

            String decoded = Tokens.of("admin", ADMIN_KEY, "GET", "/clusters/ab", NOW, NOW + 60);
            assertThat(sample.http
                            .get("/clusters/%61b?x=y", "Authorization: bearer " + decoded)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void withoutTheGateAnyHeaderIsIgnored() {
        try (SampleServer open = new SampleServer()) {
            assertThat(open.http.get("/clusters", "Authorization: nonsense").status())
                    .isEqualTo(200);
        }
    }
}
