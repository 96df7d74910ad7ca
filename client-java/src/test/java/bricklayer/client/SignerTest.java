package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignerTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_772_366_400);

    @Test
    void aTokenIsGoodForOneMethodAndPath() {
        TokenCheck check = new TokenCheck("My Secret", () -> NOW);
        String token = "bearer " + new Signer(Credentials.admin("My Secret")).token("GET", "/volumes/ü", NOW);

        assertThat(check.refusal(token, "GET", "/volumes/ü")).isEmpty();
        assertThat(check.refusal(token, "POST", "/volumes/ü")).contains("qsh");
        assertThat(check.refusal(token, "GET", "/volumes/u")).contains("qsh");
    }

    @Test
    void aTokenLivesFiveMinutes() {
        String token = "bearer " + new Signer(Credentials.admin("k")).token("GET", "/volumes", NOW);

        assertThat(new TokenCheck("k", () -> NOW.plusSeconds(300)).refusal(token, "GET", "/volumes"))
                .isEmpty();
        assertThat(new TokenCheck("k", () -> NOW.plusSeconds(301)).refusal(token, "GET", "/volumes"))
                .contains("expired");
    }

    /** Computed with another implementation: Python's hmac and base64. */
    @Test
    void theTokenIsByteForByteWhatOthersMake() {
        assertThat(new Signer(Credentials.admin("My Secret")).token("GET", "/clusters", NOW))
                .isEqualTo(
                        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhZG1pbiIsImlhdCI6MTc3MjM2NjQwMCwiZXhwIjoxNzcyMzY2NzAwLCJxc2giOiI0NzQ5YTU5ZGU4N2MyN2M5YjJmNDk1YzVmMTMwOWIyNTI1NjgxZGZlMzBjOGE3YjgzNjI1OTAxYjEzMmE5YzI2In0.v_i8g0i_gIGpyquIlWLVQW-aAUKmjW3peQ3ZxTiI080");
        assertThat(new Signer(new Credentials("", "")).token("GET", "/clusters", NOW))
                .isEqualTo(
                        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIiLCJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM2NjcwMCwicXNoIjoiNDc0OWE1OWRlODdjMjdjOWIyZjQ5NWM1ZjEzMDliMjUyNTY4MWRmZTMwYzhhN2I4MzYyNTkwMWIxMzJhOWMyNiJ9.AhtvJHvzi_X2yDr3kaMy-l2CZ6AsF19fmVhrLUsTwEs");
    }
}
