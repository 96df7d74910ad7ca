package bricklayer.tools;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and flags on TAB.",
            "bash: source <(bricklayer completion bash)",
            "zsh:  source <(bricklayer completion zsh)"
        })
final class CompletionCommand implements Runnable, Commands.OfAll {

    enum Shell {
        BASH,
        ZSH
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("UnusedVariable") // one script serves both
    private Shell shell = Shell.BASH;

    @Override
    public void run() {
        // in zsh the script loads bash's completion by itself
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("bricklayer", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
