package bricklayer.tools;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of an argument that is missing or too much: heketi-cli's words where it has any, for scripts look for them. */
final class UsageTexts {

    /** By the command without the program's name, and the argument. */
    private static final Map<String, String> MISSING = Map.ofEntries(
            entry("cluster setflags ID", "Cluster id missing"),
            entry("cluster info ID", "Cluster id missing"),
            entry("cluster delete ID", "Cluster id missing"),
            entry("node add --zone", "Missing zone"),
            entry("node add --management-host-name", "Missing management hostname"),
            entry("node add --storage-host-name", "Missing storage hostname"),
            entry("node add --cluster", "Missing cluster id"),
            entry("node info ID", "Node id missing"),
            entry("node enable ID", "Node id missing"),
            entry("node disable ID", "Node id missing"),
            entry("node remove ID", "Node id missing"),
            entry("node delete ID", "Node id missing"),
            entry("node settags ID", "id required"),
            entry("node rmtags ID", "id required"),
            entry("device add --name", "Missing device name"),
            entry("device add --node", "Missing node id"),
            entry("device info ID", "Device id missing"),
            entry("device enable ID", "device id missing"),
            entry("device disable ID", "device id missing"),
            entry("device remove ID", "Device id missing"),
            entry("device delete ID", "Device id missing"),
            entry("device resync ID", "object/cluster id missing"),
            entry("device settags ID", "id required"),
            entry("device rmtags ID", "id required"),
            entry("brick evict ID", "Brick id missing"),
            entry("volume create --size", "Missing volume size"),
            entry("volume expand --expand-size", "Missing volume amount to expand"),
            entry("volume info ID", "Volume id missing"),
            entry("volume delete ID", "Volume id missing"),
            entry("volume clone ID", "Volume id missing"),
            entry("volume endpoint patch ID", "Volume id missing"),
            entry("blockvolume create --size", "Missing volume size"),
            entry("blockvolume expand --new-size", "Missing block volume net new size"),
            entry("blockvolume info ID", "Volume id missing"),
            entry("blockvolume delete ID", "Volume id missing"),
            entry("server mode set MODE", "missing mode argument"),
            entry("loglevel set LEVEL", "missing log-level argument"));

    private static final Map<String, String> TOO_MANY = Map.of(
            "brick evict", "Too many arguments provided",
            "server mode set", "too many arguments",
            "loglevel set", "too many arguments");

    private UsageTexts() {}

    static String of(ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String command = name.substring(name.indexOf(' ') + 1);
        Optional<String> text = switch (e) {
            case MissingParameterException missing ->
                missing.getMissing().stream()
                        .map(argument -> MISSING.get(command + " " + name(argument)))
                        .filter(found -> found != null)
                        .findFirst();
            case UnmatchedArgumentException unmatched
            when !unmatched.isUnknownOption() -> Optional.ofNullable(TOO_MANY.get(command));
            default -> Optional.empty();
        };
        return text.orElseGet(() -> String.valueOf(e.getMessage()));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
