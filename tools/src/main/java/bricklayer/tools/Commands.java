package bricklayer.tools;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.PicocliException;

/**
 * The commands of the program. Describing all of them to picocli takes three times as long as most of them run, so a run begins with those that its
 * arguments name; where that is not enough, for help, a mistake, or a command that has to know all, it takes all of them.
 */
final class Commands {

    /** A command that looks at the others. */
    interface OfAll {}

    private static final List<Map.Entry<String, Supplier<Object>>> TOP = List.of(
            entry("server", ServerCommand::new),
            entry("quickstart", QuickstartCommand::new),
            entry("stop", StopCommand::new),
            entry("cluster", ClusterCommand::new),
            entry("node", NodeCommand::new),
            entry("device", DeviceCommand::new),
            entry("brick", BrickCommand::new),
            entry("volume", VolumeCommand::new),
            entry("blockvolume", BlockVolumeCommand::new),
            entry("topology", TopologyCommand::new),
            entry("events", EventsCommand::new),
            entry("top", Top::new),
            entry("plan", PlanCommand::new),
            entry("db", DbCommand::new),
            entry("loglevel", LogLevelCommand::new),
            entry("context", ContextCommand::new),
            entry("token", TokenCommand::new),
            entry("completion", CompletionCommand::new),
            entry("man", ManCommand::new),
            entry("admin", AdminCommand::new),
            entry("bench", BenchCommand::new),
            entry("simulate", SimulateCommand::new),
            entry("version", VersionCommand::new));

    private Commands() {}

    static CommandLine all(Surroundings surroundings) {
        CommandLine root = new CommandLine(new RootCommand(surroundings));
        TOP.forEach(command ->
                root.addSubcommand(command.getKey(), command.getValue().get()));
        return root;
    }

    /** Those that these arguments name. */
    static CommandLine named(Surroundings surroundings, String... args) {
        return named(surroundings, false, args);
    }

    /** The same, and the others by name only. */
    static CommandLine namedAmongAll(Surroundings surroundings, String... args) {
        return named(surroundings, true, args);
    }

    private static CommandLine named(Surroundings surroundings, boolean others, String... args) {
        Set<String> words = new HashSet<>(Arrays.asList(args));
        CommandLine root = new CommandLine(new RootCommand(surroundings));
        for (Map.Entry<String, Supplier<Object>> command : TOP) {
            if (words.contains(command.getKey())) {
                root.addSubcommand(
                        command.getKey(), described(command.getValue().get(), others, words));
            } else if (others) {
                root.addSubcommand(command.getKey(), byName(command.getKey()));
            }
        }
        return root;
    }

    private static CommandLine described(Object command, boolean others, Set<String> words) {
        if (!(command instanceof Group)) {
            return new CommandLine(command);
        }
        CommandLine group = new CommandLine(CommandSpec.wrapWithoutInspection(command));
        for (Class<?> type : annotation(command.getClass()).subcommands()) {
            Command member = annotation(type);
            if (words.contains(member.name()) || Arrays.stream(member.aliases()).anyMatch(words::contains)) {
                group.addSubcommand(member.name(), described(made(type), others, words));
            } else if (others) {
                group.addSubcommand(member.name(), byName(member.name(), member.aliases()));
            }
        }
        return group;
    }

    private static Command annotation(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(Command.class), type::getName);
    }

    private static Object made(Class<?> type) {
        try {
            return CommandLine.defaultFactory().create(type);
        } catch (Exception e) {
            throw new IllegalStateException("cannot make the command " + type, e);
        }
    }

    private static CommandLine byName(String name, String... aliases) {
        return new CommandLine(CommandSpec.create().name(name).aliases(aliases));
    }

    /** Whether {@link #named} will do. */
    static boolean areEnough(CommandLine named, String... args) {
        try {
            List<CommandLine> parsed = named.parseArgs(args).asCommandLineList();
            Object last = parsed.getLast().getCommand();
            return !(last instanceof Group)
                    && !(last instanceof OfAll)
                    && parsed.stream()
                            .noneMatch(command -> command.isUsageHelpRequested() || command.isVersionHelpRequested());
        } catch (PicocliException e) {
            return false;
        }
    }
}
