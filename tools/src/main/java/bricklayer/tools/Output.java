package bricklayer.tools;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The flags of commands that show something. They may also stand before the command. */
final class Output {

    static final String JSON = "--json";
    static final String OUTPUT = "--output";

    @Option(names = JSON, description = "What the server answers, as JSON; of lists that is ids.")
    private boolean json;

    @Option(
            names = {"-o", OUTPUT},
            paramLabel = "FORM",
            converter = OutputForm.Reader.class,
            completionCandidates = OutputForm.Words.class,
            description = "${COMPLETION-CANDIDATES}'{.name}'; see docs/cli.md.")
    private @Nullable OutputForm form;

    private final boolean inHeketi;

    Output() {
        this(true);
    }

    private Output(boolean inHeketi) {
        this.inHeketi = inHeketi;
    }

    /** Of a command whose flags are not heeded by the name of heketi-cli, which shows text whatever is said. */
    static Output notInHeketi() {
        return new Output(false);
    }

    /** As {@link #JSON} says. */
    boolean take() {
        json = true;
        return true;
    }

    /** As {@link #OUTPUT} says. */
    void take(String word) {
        form = new OutputForm.Reader().convert(word);
    }

    /**
     * Whether {@link #OUTPUT} said the form, and not {@link #JSON}, which heketi-cli has, too: lists are whole objects then and not only their ids.
     */
    boolean wholeObjects(LocalCommand command) {
        if (command.root().surroundings().asHeketi()) {
            return false;
        }
        return asked().isPresent() ? form != null : command.root().output().form != null;
    }

    /** What was asked for here. */
    Optional<OutputForm> asked() {
        return Optional.ofNullable(form).or(() -> json ? Optional.of(OutputForm.JSON) : Optional.empty());
    }

    /** What was asked for here, or before the command. */
    Optional<OutputForm> form(LocalCommand command) {
        if (!inHeketi && command.root().surroundings().asHeketi()) {
            return Optional.of(OutputForm.TEXT);
        }
        return asked().or(command.root().output()::asked);
    }

    /** That of a command which has one. */
    static Optional<Output> of(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(CommandLine.Model.CommandSpec::userObject)
                .filter(Output.class::isInstance)
                .map(Output.class::cast)
                .findFirst();
    }

    /** Whether a form for programs was asked for. */
    boolean structured(LocalCommand command) {
        return form(command).filter(OutputForm::structured).isPresent();
    }

    /** Lets the commands that have nothing to show take the flags too, for scripts give them to all. */
    static void letAllTake(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            hide(command, OptionSpec.builder(JSON).type(boolean.class).arity("0"));
            if (command.getCommand() instanceof LocalCommand) {
                hide(
                        command,
                        OptionSpec.builder("-o", OUTPUT).type(String.class).arity("1"));
            }
        }
        command.getSubcommands().values().forEach(Output::letAllTake);
    }

    private static void hide(CommandLine command, OptionSpec.Builder option) {
        OptionSpec hidden = option.hidden(true).build();
        if (!command.getCommandSpec().optionsMap().containsKey(hidden.longestName())) {
            command.getCommandSpec().addOption(hidden);
        }
    }
}
