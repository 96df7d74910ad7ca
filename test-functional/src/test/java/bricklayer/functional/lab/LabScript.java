package bricklayer.functional.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code lab}. */
public record LabScript(Path program) {

    /** What came back from a command. */
    public record Ran(int status, String out, String err) {}

    /** Tests run in the folder of their module; from elsewhere the script is named by the system property {@code bricklayer.lab}. */
    static LabScript find() {
        Path program = Path.of(System.getProperty("bricklayer.lab", "lab/lab")).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new AssertionError("there is no lab script " + program + "; name it with -Dbricklayer.lab=...");
        }
        return new LabScript(program);
    }

    Ran run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            // Files: two pipes read one after the other can block the writer for ever.
            Path out = Files.createTempFile("lab", ".out");
            Path err = Files.createTempFile("lab", ".err");
            try {
                int status = new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start()
                        .waitFor();
                return new Ran(status, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("running " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        }
    }

    /** Standard output of a command that must succeed. */
    String check(String... arguments) {
        Ran ran = run(arguments);
        if (ran.status() != 0) {
            throw new AssertionError("lab " + String.join(" ", arguments) + " ended with status " + ran.status() + ": "
                    + ran.err().strip());
        }
        return ran.out();
    }
}
