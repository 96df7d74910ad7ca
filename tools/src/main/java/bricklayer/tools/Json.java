package bricklayer.tools;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The flag of commands that can print JSON. It may also stand before the command. */
final class Json {

    private static final String FLAG = "--json";

    @Option(names = FLAG, description = "Print what the server answers, as JSON.")
    private boolean here;

    boolean wanted(ClientCommand command) {
        return here || command.root().json();
    }

    /** Lets the commands that have no JSON to print take the flag too, for scripts give it to all. */
    static void letAllTake(CommandLine command) {
        if (command.getSubcommands().isEmpty() && command.getCommandSpec().findOption(FLAG) == null) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder(FLAG)
                            .type(boolean.class)
                            .arity("0")
                            .hidden(true)
                            .build());
        }
        command.getSubcommands().values().forEach(Json::letAllTake);
    }
}
