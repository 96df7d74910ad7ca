package bricklayer.functional;

import bricklayer.main.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells the JVMs that tests start where the classes of the program are.
 *
 * <p>Tests start hundreds of servers, and half of what a start costs is reading classes. Once in a test run a server's classes are written to an archive of the
 * JDK (class data sharing), which later starts map. Archives hold classes of jars only: where they lie in folders, as in an IDE, everything works without.
 */
final class ClassArchive {

    private ClassArchive() {}

    /** For the command line of {@code java}; ends before the name of the main class. */
    static List<String> options() {
        return Made.OPTIONS;
    }

    /** Made when first asked for. */
    private static final class Made {

        static final List<String> OPTIONS = make();

        private static List<String> make() {
            String whole = System.getProperty("java.class.path");
            String jars = Arrays.stream(whole.split(File.pathSeparator))
                    .filter(entry -> Files.isRegularFile(Path.of(entry)))
                    .collect(Collectors.joining(File.pathSeparator));
            String program = Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            if (program.endsWith("/")) {
                return List.of("-cp", whole);
            }
            Path folder = Path.of(
                            "target",
                            "functional",
                            "class-archive-" + ProcessHandle.current().pid())
                    .toAbsolutePath();
            Path archive = folder.resolve("server.jsa");
            List<String> quiet = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:aot=off", "-cp", jars);
            List<String> recording = new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + archive));
            recording.addAll(quiet);
            ServerProcess.liveOnce(folder, recording);
            List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive));
            options.addAll(quiet);
            return List.copyOf(options);
        }
    }
}
