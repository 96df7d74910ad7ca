package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import bricklayer.client.Credentials;
import bricklayer.client.OperationWatcher;
import bricklayer.client.Patience;
import bricklayer.tools.context.Context;
import bricklayer.tools.context.Contexts;
import bricklayer.tools.context.ContextsFile;
import bricklayer.tools.context.OwnerOnly;
import bricklayer.tools.output.Style;
import bricklayer.tools.quickstart.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

@Command(
        name = "bricklayer",
        description = "Manages the volumes of GlusterFS clusters.",
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  HEKETI_CLI_SERVER, HEKETI_CLI_USER, HEKETI_CLI_KEY",
            "                         where the flags are not given",
            "  BRICKLAYER_CONTEXT     name of a context; before the three above",
            "  BRICKLAYER_CLI_CONFIG  file of contexts; default:",
            "                         ~/.config/bricklayer/config.json",
            "  NO_COLOR               no colours",
            "  BRICKLAYER_DATA        data folder of quickstart and server; default ./data",
            "",
            "Start with: bricklayer quickstart",
            "With nodes of your own (--help of each shows its file):",
            "  bricklayer server --config heketi.json",
            "  bricklayer context set prod --server http://HOST:8080 --user admin --secret -",
            "  bricklayer topology apply topology.json",
            "  bricklayer volume create --size 10 --name data"
        })
final class RootCommand extends Group {

    private static final String DEFAULT_SERVER = "http://localhost:8080";

    private final Surroundings surroundings;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Address of the server; default: the one that quickstart left running in the data folder,"
                    + " else " + DEFAULT_SERVER + ".")
    private @Nullable String server;

    @Option(names = "--user", paramLabel = "NAME", scope = ScopeType.INHERIT, description = "User: admin or user.")
    private @Nullable String user;

    @Option(
            names = "--secret",
            paramLabel = "KEY",
            scope = ScopeType.INHERIT,
            description =
                    "The user's key; - asks for it, or reads a line. Others can see arguments: better one of these.")
    private @Nullable String secret;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A file with the user's key in its first line, which nobody else may read.")
    private @Nullable Path secretFile;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "A server with who asks it, by the name given with: bricklayer context set.")
    private @Nullable String context;

    @Option(
            names = "--curl",
            scope = ScopeType.INHERIT,
            description = "Print requests for curl, without the key, and send none that changes something.")
    private boolean curl;

    @Option(
            names = {"-I", "--insecure-tls"},
            scope = ScopeType.INHERIT,
            description = "Take any certificate of the server: whoever sits between can read and change all.")
    private boolean insecure;

    @Option(
            names = {"-C", "--tls-cert"},
            paramLabel = "FILE",
            split = ",",
            scope = ScopeType.INHERIT,
            description = "Take only certificates that one of these (PEM) vouches for, not those the JDK trusts.")
    private List<Path> certificates = new ArrayList<>();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            scope = ScopeType.INHERIT,
            description =
                    "Colour tables: ${COMPLETION-CANDIDATES}; default auto: on a terminal, unless NO_COLOR is set.")
    private Style.When colour = Style.When.AUTO;

    @Option(
            names = "--dry-run",
            scope = ScopeType.INHERIT,
            description = "Show what a change would do, and change nothing.")
    private boolean dryRun;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-v", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    RootCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** One of the commonest flags; false for another. */
    boolean take(String flag, String value) {
        switch (flag) {
            case "-s", "--server" -> server = value;
            case "--user" -> user = value;
            case "--context" -> context = value;
            case "--secret-file" -> secretFile = Path.of(value);
            case "-o", Output.OUTPUT -> output.take(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    Output output() {
        return output;
    }

    /** Whether JSON was asked for before the command. */
    boolean json() {
        return output.asked().equals(Optional.of(OutputForm.JSON));
    }

    Style style() {
        return Style.of(
                colour,
                surroundings.terminal().watched(),
                surroundings.variable("NO_COLOR"),
                surroundings.variable("TERM"));
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean curl() {
        return curl;
    }

    BricklayerClient client() {
        return client(OperationWatcher.NONE, Patience.NORMAL);
    }

    BricklayerClient client(OperationWatcher watcher, Patience patience) {
        Target target = target();
        BricklayerClient.Builder builder = clientOf(target.server())
                .time(surroundings.time())
                .random(surroundings.random())
                .lookedOnBy(watcher)
                .shortLived()
                .patience(patience);
        target.credentials().ifPresent(builder::as);
        if (target.insecure()) {
            builder.tls(Trust.everybody());
        } else if (!target.certificates().isEmpty()) {
            builder.tls(Trust.of(target.certificates()));
        }
        if (curl) {
            builder.watching(new Curl(
                    surroundings.out(), curlFlags(target), target.credentials().map(_ -> tokenCommand())));
        }
        return builder.build();
    }

    private static List<String> curlFlags(Target target) {
        if (target.insecure()) {
            return List.of("-k");
        }
        return target.certificates().stream()
                .flatMap(file -> Stream.of("--cacert", Curl.quoted(file.toString())))
                .toList();
    }

    /** Finds the key where this command found it; one that was an argument has to come from HEKETI_CLI_KEY then. */
    private String tokenCommand() {
        StringBuilder command = new StringBuilder("bricklayer");
        flag(command, "--context", context);
        flag(command, "--server", context == null ? server : null);
        flag(command, "--user", user);
        flag(command, "--secret-file", secretFile == null ? null : secretFile.toString());
        return command.append(" token").toString();
    }

    private static void flag(StringBuilder command, String name, @Nullable String value) {
        if (value != null) {
            command.append(' ').append(name).append(' ').append(Curl.quoted(value));
        }
    }

    /** The flags, as far as they say something. A key that has to be asked for is. */
    Context said() {
        if (secret != null && secretFile != null) {
            throw new CommandFailed("--secret and --secret-file are both given; give one of them");
        }
        return new Context(
                server,
                user,
                "-".equals(secret) ? asked("Key: ") : secret,
                secretFile == null ? null : absolute(secretFile),
                certificates.stream().map(this::absolute).toList(),
                insecure);
    }

    private String absolute(Path file) {
        return surroundings.workingFolder().resolve(file).normalize().toString();
    }

    private String asked(String prompt) {
        Terminal terminal = surroundings.terminal();
        return (terminal.watched() ? terminal.ask(prompt) : terminal.line())
                .filter(key -> !key.isEmpty())
                .orElseThrow(() -> new CommandFailed("no key was given"));
    }

    /** Where contexts are kept; by the name of heketi-cli there are none. */
    Optional<ContextsFile> contexts() {
        if (surroundings.asHeketi()) {
            return Optional.empty();
        }
        return surroundings
                .variable("BRICKLAYER_CLI_CONFIG")
                .or(() -> surroundings
                        .variable("XDG_CONFIG_HOME")
                        .or(() -> surroundings.variable("HOME").map(home -> home + "/.config"))
                        .map(folder -> folder + "/bricklayer/config.json"))
                .map(file -> new ContextsFile(surroundings.workingFolder().resolve(file)));
    }

    /** Flags go before a context that was named, that before the variables, these before the context in use, and all before the server of the data folder. */
    Target target() {
        Context flags = said();
        Optional<Context> base = named().or(this::ofVariables).or(() -> inUse(flags));
        if (base.isEmpty() && flags.saysNothing()) {
            DataFolder data = new DataFolder(surroundings.dataFolder());
            Optional<String> started = data.server().map(DataFolder.StartedServer::url);
            if (started.isPresent()) {
                return new Target(started.get(), Optional.of(data.readConfig().admin()), List.of(), false);
            }
        }
        Context all = base.orElse(Context.NOTHING).with(flags);
        String address = Optional.ofNullable(all.server()).orElse(DEFAULT_SERVER);
        return new Target(
                address,
                credentials(all, address),
                all.trusted().stream().map(Path::of).toList(),
                all.insecure());
    }

    private Optional<Context> named() {
        Optional<String> name = surroundings.asHeketi()
                ? Optional.empty()
                : Optional.ofNullable(context).or(() -> surroundings.variable("BRICKLAYER_CONTEXT"));
        return name.map(wanted -> {
            Contexts all = contexts().map(ContextsFile::read).orElse(new Contexts(null, Map.of()));
            return all.named(wanted).orElseThrow(() -> ContextCommand.unknown(all, wanted));
        });
    }

    private Optional<Context> ofVariables() {
        Context variables = new Context(
                surroundings.variable("HEKETI_CLI_SERVER").orElse(null),
                surroundings.variable("HEKETI_CLI_USER").orElse(null),
                surroundings.variable("HEKETI_CLI_KEY").orElse(null),
                null,
                List.of(),
                false);
        return variables.saysNothing() ? Optional.empty() : Optional.of(variables);
    }

    /** Its key is for its server only, so it is left aside where another is named. */
    private Optional<Context> inUse(Context flags) {
        return flags.server() != null
                ? Optional.empty()
                : contexts().map(ContextsFile::read).flatMap(Contexts::inUse);
    }

    private Optional<Credentials> credentials(Context all, String address) {
        if (all.user() == null && all.secret() == null && all.secretFile() == null) {
            return Optional.empty();
        }
        String who = Optional.ofNullable(all.user()).orElse("admin");
        if (all.secretFile() != null) {
            return Optional.of(new Credentials(who, OwnerOnly.key(Path.of(all.secretFile()))));
        }
        if (all.secret() != null) {
            return Optional.of(new Credentials(who, all.secret()));
        }
        Optional<String> typed = surroundings.asHeketi()
                ? Optional.empty()
                : surroundings.terminal().ask("Key of " + who + " at " + address + ": ");
        return Optional.of(new Credentials(who, typed.orElse("")));
    }

    /** Which server, and who asks. */
    record Target(String server, Optional<Credentials> credentials, List<Path> certificates, boolean insecure) {}

    static BricklayerClient.Builder clientOf(String address) {
        try {
            return BricklayerClient.to(URI.create(address));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "not the address of a server: " + address + "; expected something like " + DEFAULT_SERVER);
        }
    }
}
