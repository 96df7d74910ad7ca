package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way shows what the long way shows, and leaves alone what it does not know. */
class ShortcutTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static RootCommand root(Cli cli) {
        return (RootCommand) cli.commandLine(
                        new java.io.PrintWriter(java.io.Writer.nullWriter()),
                        new java.io.PrintWriter(java.io.Writer.nullWriter()))
                .getCommandSpec()
                .userObject();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume list",
                "volume list --json",
                "--json volume list",
                "volume list -o yaml",
                "volume list --output=wide",
                "volume list -o template={.volumes}",
                "-s URL volume list",
                "volume list --server=URL --user admin",
                "node list",
                "node list --json",
                "cluster list",
                "cluster list -o json",
                "blockvolume list",
                "volume list --secret-file KEY",
                "volume list --secret-file /no/such/file",
                "volume list --context none",
                "volume list --server nonsense",
                "volume list --server http://127.0.0.1:1"
            })
    void theSameComesOut(String line) throws IOException {
        try (Cli cli = new Cli(folder, false)) {
            cli.loadThreeNodes();
            assertThat(cli.run("volume", "create", "--size=1", "--name=v").status())
                    .isZero();
            Path key = Files.writeString(folder.resolve("key"), bricklayer.client.FakeServer.SECRET);
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            List<String> args =
                    new ArrayList<>(List.of(line.replace("URL", cli.server.uri().toString())
                            .replace("KEY", key.toString())
                            .split(" ", -1)));

            assertThat(Shortcut.read(root(cli), args.toArray(String[]::new))).isNotNull();
            Cli.Ended cut = cli.run(args.toArray(String[]::new));
            args.addAll(0, List.of("--color", "never"));
            assertThat(Shortcut.read(root(cli), args.toArray(String[]::new))).isNull();
            assertThat(cut).isEqualTo(cli.run(args.toArray(String[]::new)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume",
                "list",
                "volume list x",
                "volume -o text list",
                "volume info v",
                "volume list --help",
                "volume list -h",
                "volume list -o",
                "volume list -o nonsense",
                "volume list -o --json",
                "volume list --json --json",
                "volume list --json=false",
                "volume list --server=",
                "volume list -s a --server b",
                "volume list --dry-run",
                "volume list --curl",
                "volume list --secret k",
                "volume list -- x",
                "@file volume list",
                "volume list --user @file"
            })
    void theRestIsLeftToPicocli(String line) {
        try (Cli cli = new Cli(folder, false)) {
            assertThat(Shortcut.read(root(cli), line.split(" ", -1))).isNull();
        }
    }

    @Test
    void heketiCliGoesItsOwnWay() {
        try (Cli cli = new Cli(folder, true)) {
            assertThat(Shortcut.run(root(cli).surroundings(), "volume", "list")).isEmpty();
        }
    }
}
