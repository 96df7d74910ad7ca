package bricklayer.tools;

import bricklayer.client.Credentials;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = {
            "Prints a token for one request made by another program, good for five minutes.",
            "curl -H \"Authorization: bearer $(bricklayer token GET /volumes)\" http://localhost:8080/volumes"
        })
final class TokenCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST or DELETE.")
    private String method = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Such as /volumes; without the query.")
    private String path = "";

    @Override
    public void run() {
        RootCommand root = (RootCommand) spec.root().userObject();
        Credentials credentials = root.target()
                .credentials()
                .orElseThrow(() -> new CommandFailed("a token needs a key: give it with HEKETI_CLI_KEY"));
        root.surroundings()
                .out()
                .println(credentials.token(
                        method.toUpperCase(Locale.ROOT),
                        path,
                        root.surroundings().time().now()));
    }
}
