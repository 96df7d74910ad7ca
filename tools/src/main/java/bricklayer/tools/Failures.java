package bricklayer.tools;

import bricklayer.client.BricklayerException;
import bricklayer.client.NotAuthorised;
import bricklayer.client.ServerUnreachable;
import bricklayer.tools.quickstart.QuickstartFailed;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a failure is told: one line on standard error that begins with {@code Error:}, exit status 1, or 2 for wrong arguments. */
final class Failures {

    private Failures() {}

    static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("Error: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** What is not expected passes through, with its stack trace. */
    static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!expected(e)) {
            throw e;
        }
        command.getErr().println("Error: " + e.getMessage() + advice(e));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean expected(Exception e) {
        return e instanceof BricklayerException
                || e instanceof CommandFailed
                || e instanceof QuickstartFailed
                // the client refuses arguments that cannot mean anything, such as an empty id
                || e instanceof IllegalArgumentException;
    }

    private static String advice(Exception e) {
        return switch (e) {
            case NotAuthorised _ -> "; give the user and key with --user and HEKETI_CLI_KEY";
            case ServerUnreachable _ -> "; is it running? Give its address with --server or HEKETI_CLI_SERVER";
            default -> "";
        };
    }
}
