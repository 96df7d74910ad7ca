package bricklayer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DatabaseDumpTest {

    /** The file was accepted by Heketi's import, and its own export of it differs in the generation id only. */
    @Test
    void holdsEverythingThatIsInADumpOfHeketi() throws IOException {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("dump.json"))) {
            String dump = new String(file.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(WireJson.writeIndented(WireJson.read(dump, DatabaseDump.class)) + "\n")
                    .isEqualTo(dump);
        }
    }

    @Test
    void aMissingMapCountsAsEmpty() {
        assertThat(WireJson.read("{}", DatabaseDump.class).volumes()).isEmpty();
    }

    @Test
    void writesMemberByMemberWhatIsWrittenAtOnce() {
        Map<String, Object> inner = Map.of("a <b>", new Snapshot(true, 1.5f));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireStream out = WireJson.stream(bytes);
        out.beginObject()
                .beginObject("x")
                .member("a <b>", new Snapshot(true, 1.5f))
                .endObject()
                .endObject()
                .close();

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(WireJson.writeIndented(Map.of("x", inner)) + "\n");
    }
}
