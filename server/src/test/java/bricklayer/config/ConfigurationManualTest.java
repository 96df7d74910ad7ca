package bricklayer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is written from the table of settings, and must be written again when the table changes. */
class ConfigurationManualTest {

    private static final Path MANUAL = Path.of("..", "docs", "configuration.md");
    private static final String AGAIN = "-Dtest=ConfigurationManualTest -Dmanual.write=true";

    @Test
    void theManualSaysWhatTheTableSays() throws IOException {
        String manual = manual();
        if (Boolean.getBoolean("manual.write")) {
            Files.createDirectories(MANUAL.getParent());
            Files.writeString(MANUAL, manual);
        }
        assertThat(MANUAL).as("write it with " + AGAIN).exists();
        assertThat(Files.readString(MANUAL))
                .as("it is stale; write it again with " + AGAIN)
                .isEqualTo(manual);
    }

    private static String manual() {
        StringBuilder text = new StringBuilder("""
                # Configuration

                The server reads Heketi's `heketi.json`, named by `--config`, and environment variables, which go before the file. An empty
                variable counts as not set. Keys match in any case; keys that nobody knows, keys that begin with an underscore, and text after
                the object are ignored. All problems of a file are told at once; the server does not start with any.

                Keys outside `bricklayer` are Heketi's, with Heketi's defaults.

                This page is written from the table in `bricklayer.config.Settings` by a test.
                """);
        section(
                text,
                "The server",
                "",
                key -> !key.isEmpty() && !key.startsWith("glusterfs.") && !key.startsWith("bricklayer."));
        section(
                text,
                "Volumes: `glusterfs`",
                "",
                key -> key.startsWith("glusterfs.") && !key.contains(".sshexec.") && !key.contains(".kubeexec."));
        section(text, "Nodes over SSH: `glusterfs.sshexec`", "", key -> key.startsWith("glusterfs.sshexec."));
        section(
                text,
                "Nodes in Kubernetes: `glusterfs.kubeexec`",
                "The environment variables of the commands on nodes hold for both.",
                key -> key.startsWith("glusterfs.kubeexec."));
        section(text, "Only in the environment", "", String::isEmpty);
        section(text, "Not in Heketi: `bricklayer`", "", key -> key.startsWith("bricklayer."));
        text.append("\nWithout effect, as in Heketi 10: ")
                .append(String.join(
                        ", ",
                        Settings.VARIABLES_WITHOUT_EFFECT.stream()
                                .map(name -> "`" + name + "`")
                                .toList()))
                .append(".\n");
        return text.toString();
    }

    private static void section(
            StringBuilder text, String title, String note, java.util.function.Predicate<String> keys) {
        List<Setting<?>> settings = Settings.all().stream()
                .filter(setting -> keys.test(setting.key()))
                .toList();
        text.append("\n## ").append(title).append("\n\n");
        if (!note.isEmpty()) {
            text.append(note).append("\n\n");
        }
        text.append("| key | variable | default | allowed | meaning |\n| --- | --- | --- | --- | --- |\n");
        settings.forEach(setting -> text.append(row(setting)));
    }

    private static <T> String row(Setting<T> setting) {
        String fallback = setting.kind().shown(setting.fallback());
        String variable = setting.variable()
                .map(v -> "`" + v.name() + "`" + (v.note().isEmpty() ? "" : " (" + v.note() + ")"))
                .orElse("");
        return "| " + code(setting.key()) + " | " + variable + " | " + code(fallback) + " | "
                + setting.kind().allowed()
                + (setting.kind().quoted() && !setting.key().isEmpty() ? ", in quotes" : "")
                + " | " + setting.meaning() + " |\n";
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
