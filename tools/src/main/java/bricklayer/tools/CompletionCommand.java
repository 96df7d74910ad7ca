package bricklayer.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands, flags, names and ids on TAB.",
            "bash: source <(bricklayer completion bash)",
            "zsh:  source <(bricklayer completion zsh), after compinit",
            "fish: bricklayer completion fish | source",
            "Names are asked of the server; without it commands and flags are completed all the same."
        })
final class CompletionCommand implements Runnable {

    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    @Override
    public void run() {
        spec.commandLine().getOut().print(script(shell));
        spec.commandLine().getOut().flush();
    }

    private static String script(Shell shell) {
        String name = "completion." + shell.name().toLowerCase(Locale.ROOT);
        try (InputStream in = Objects.requireNonNull(CompletionCommand.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
