package bricklayer.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "man",
        description = {
            "Shows the manual page of a command; where nobody is watching prints it for man(1).",
            "With --write makes a file of each, such as bricklayer-volume-create.1."
        })
final class ManCommand implements Runnable, Commands.OfAll {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Such as: volume create.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--write", paramLabel = "DIR", description = "Write all pages into this folder.")
    private @Nullable Path folder;

    @Override
    public void run() {
        Surroundings surroundings = ((RootCommand) spec.root().userObject()).surroundings();
        CommandLine root = spec.root().commandLine();
        try {
            if (folder != null) {
                Path to = Files.createDirectories(surroundings.workingFolder().resolve(folder));
                int written = write(root, to);
                surroundings.out().println(written + " pages are in " + to);
            } else {
                show(ManPage.of(found(root), VersionCommand.number()), surroundings);
            }
        } catch (IOException e) {
            throw new CommandFailed("cannot write manual pages: " + e);
        }
    }

    private CommandLine found(CommandLine root) {
        CommandLine command = root;
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "no such command: " + command.getCommandSpec().qualifiedName() + " " + word);
            }
            command = next;
        }
        return command;
    }

    private static int write(CommandLine command, Path folder) throws IOException {
        if (command.getCommandSpec().usageMessage().hidden()) {
            return 0;
        }
        Files.writeString(folder.resolve(ManPage.name(command) + ".1"), ManPage.of(command, VersionCommand.number()));
        int written = 1;
        for (CommandLine sub :
                new ArrayList<>(new LinkedHashSet<>(command.getSubcommands().values()))) {
            written += write(sub, folder);
        }
        return written;
    }

    /** By man(1) where a person is watching and it is there. */
    private static void show(String page, Surroundings surroundings) throws IOException {
        if (!surroundings.terminal().watched() || !shown(page)) {
            PrintWriter out = surroundings.out();
            out.print(page);
            out.flush();
        }
    }

    private static boolean shown(String page) throws IOException {
        Path file = Files.createTempFile("bricklayer", ".1");
        try {
            Files.writeString(file, page);
            Process man =
                    new ProcessBuilder("man", "-l", file.toString()).inheritIO().start();
            // for as long as it is being read
            return man.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
