package bricklayer.tools;

import bricklayer.client.BricklayerException;
import bricklayer.client.NotAuthorised;
import bricklayer.client.RequestRefused;
import bricklayer.client.ServerUnreachable;
import bricklayer.tools.context.UnusableFile;
import bricklayer.tools.quickstart.QuickstartFailed;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How a failure is told: one line on standard error that begins with {@code Error:}, exit status 1, or 2 for wrong arguments. By the name of
 * heketi-cli the status is 255 for both, the server's words come alone, and a group answers to an unknown command with its help and status 0.
 */
final class Failures {

    private static final int HEKETIS_STATUS = 255;

    private final boolean asHeketi;

    Failures(boolean asHeketi) {
        this.asHeketi = asHeketi;
    }

    int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        if (asHeketi && isUnknownCommandOfGroup(e)) {
            command.usage(command.getOut());
            return CommandLine.ExitCode.OK;
        }
        boolean noSuchCommand = !asHeketi && isUnknownCommand(e);
        command.getErr()
                .println("Error: "
                        + (noSuchCommand
                                ? "there is no command "
                                        + command.getCommandSpec().qualifiedName() + " "
                                        + ((UnmatchedArgumentException) e)
                                                .getUnmatched()
                                                .getFirst()
                                : UsageTexts.of(e)));
        if (asHeketi) {
            return HEKETIS_STATUS;
        }
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            command.getErr().println("Did you mean: " + String.join(" or ", unmatched.getSuggestions()) + "?");
        }
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static boolean isUnknownCommandOfGroup(ParameterException e) {
        return isUnknownCommand(e) && e.getCommandLine().getParent() != null;
    }

    private static boolean isUnknownCommand(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !e.getCommandLine().getSubcommands().isEmpty();
    }

    /** What is not expected passes through, with its stack trace. */
    int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (!expected(e)) {
            throw e;
        }
        return told(e, command.getErr());
    }

    /** An expected one. */
    int told(Exception e, PrintWriter err) {
        if (asHeketi) {
            err.println("Error: " + (e instanceof RequestRefused refused ? refused.text() : e.getMessage()));
            return HEKETIS_STATUS;
        }
        err.println("Error: " + e.getMessage() + advice(e));
        return CommandLine.ExitCode.SOFTWARE;
    }

    static boolean expected(Exception e) {
        return e instanceof BricklayerException
                || e instanceof CommandFailed
                || e instanceof UnusableFile
                || e instanceof QuickstartFailed
                || e instanceof UncheckedIOException
                // the client refuses arguments that cannot mean anything, such as an empty id
                || e instanceof IllegalArgumentException;
    }

    private static String advice(Exception e) {
        return switch (e) {
            case NotAuthorised _ -> "; give user and key with --user and HEKETI_CLI_KEY, or by bricklayer context set";
            case ServerUnreachable _ -> "; is it running? Give its address with --server or HEKETI_CLI_SERVER";
            default -> "";
        };
    }
}
