package bricklayer.tools;

import picocli.CommandLine.Option;

/** The flag of commands that can print JSON. It may also stand before the command. */
final class Json {

    @Option(names = "--json", description = "Print what the server answers, as JSON.")
    private boolean here;

    boolean wanted(ClientCommand command) {
        return here || command.root().json();
    }
}
