package bricklayer.tools;

import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * The lists that people ask for all day, with the flags that they give, without picocli: it takes longer to learn what these commands take than they need for all the rest.
 * What is not exactly so, mistakes among it, goes the long way.
 */
final class Shortcut {

    private static final Map<String, Supplier<ClientCommand>> COMMANDS = Map.of(
            "cluster list", ClusterCommand.List::new,
            "node list", NodeCommand.Listing::new,
            "volume list", VolumeCommand.Listing::new,
            "blockvolume list", BlockVolumeCommand.Listing::new);

    private Shortcut() {}

    /** Runs the command; empty when that is for picocli. */
    static OptionalInt run(Surroundings surroundings, String... args) {
        if (surroundings.asHeketi()) {
            return OptionalInt.empty();
        }
        RootCommand root = new RootCommand(surroundings);
        ClientCommand command = read(root, args);
        if (command == null) {
            return OptionalInt.empty();
        }
        command.partOf(root);
        try {
            command.run();
            return OptionalInt.of(0);
        } catch (RuntimeException e) {
            if (!Failures.expected(e)) {
                throw e;
            }
            return OptionalInt.of(new Failures(false).told(e, surroundings.err()));
        }
    }

    /** Takes the flags into {@code root}, where they may stand as well as behind the command. */
    static @Nullable ClientCommand read(RootCommand root, String... args) {
        StringBuilder words = new StringBuilder();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.isEmpty() || arg.startsWith("@")) {
                return null;
            }
            if (!arg.startsWith("-")) {
                words.append(words.isEmpty() ? "" : " ").append(arg);
                continue;
            }
            if (!words.isEmpty() && words.indexOf(" ") < 0) {
                // between a group and its command only some are known
                return null;
            }
            int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String value = equals < 0 ? null : arg.substring(equals + 1);
            if (value == null && !name.equals(Output.JSON)) {
                i++;
                value = i < args.length ? args[i] : "";
                if (value.startsWith("-") || value.startsWith("@")) {
                    return null;
                }
            }
            boolean taken = value == null ? root.output().take() : take(root, name, value);
            // twice is a mistake, under whichever of its names; the first letter also stops some that are none, which
            // does no harm
            if (!taken || !given.add(name.substring(name.startsWith("--") ? 2 : 1, name.startsWith("--") ? 3 : 2))) {
                return null;
            }
        }
        Supplier<ClientCommand> command = COMMANDS.get(words.toString());
        return command == null ? null : command.get();
    }

    private static boolean take(RootCommand root, String name, String value) {
        if (value.isEmpty()) {
            return false;
        }
        try {
            return root.take(name, value);
        } catch (TypeConversionException e) {
            return false;
        }
    }
}
