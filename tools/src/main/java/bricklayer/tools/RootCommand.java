package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import bricklayer.client.Credentials;
import bricklayer.tools.output.Style;
import bricklayer.tools.quickstart.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            "  HEKETI_CLI_SERVER, HEKETI_CLI_USER, HEKETI_CLI_KEY   where the flags are not given",
            "  BRICKLAYER_DATA   data folder of quickstart and server; default ./data",
            "",
            "Start with: bricklayer quickstart"
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
            description = "The user's key. Others can see arguments; better use HEKETI_CLI_KEY.")
    private @Nullable String secret;

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

    BricklayerClient client() {
        Target target = target();
        BricklayerClient.Builder builder =
                clientOf(target.server()).time(surroundings.time()).random(surroundings.random());
        target.credentials().ifPresent(builder::as);
        if (insecure) {
            builder.tls(Trust.everybody());
        } else if (!certificates.isEmpty()) {
            builder.tls(Trust.of(certificates.stream()
                    .map(surroundings.workingFolder()::resolve)
                    .toList()));
        }
        return builder.build();
    }

    Target target() {
        Optional<String> givenServer = given(server, "HEKETI_CLI_SERVER");
        Optional<String> givenUser = given(user, "HEKETI_CLI_USER");
        Optional<String> givenSecret = given(secret, "HEKETI_CLI_KEY");
        if (givenServer.isEmpty() && givenUser.isEmpty() && givenSecret.isEmpty()) {
            DataFolder data = new DataFolder(surroundings.dataFolder());
            Optional<String> started = data.server().map(DataFolder.StartedServer::url);
            if (started.isPresent()) {
                return new Target(started.get(), Optional.of(data.readConfig().admin()));
            }
        }
        Optional<Credentials> credentials = givenUser.isEmpty() && givenSecret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(givenUser.orElse("admin"), givenSecret.orElse("")));
        return new Target(givenServer.orElse(DEFAULT_SERVER), credentials);
    }

    /** Which server, and who asks. */
    record Target(String server, Optional<Credentials> credentials) {}

    private Optional<String> given(@Nullable String flag, String variable) {
        return Optional.ofNullable(flag).or(() -> surroundings.variable(variable));
    }

    private static BricklayerClient.Builder clientOf(String address) {
        try {
            return BricklayerClient.to(URI.create(address));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(
                    "not the address of a server: " + address + "; expected something like " + DEFAULT_SERVER);
        }
    }
}
