package bricklayer.main;

import bricklayer.config.ConfigFile;
import bricklayer.config.ConfigFile.Authentication;
import bricklayer.config.InvalidConfig;
import bricklayer.config.ServerConfig;
import bricklayer.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code bricklayer server --config FILE [--disable-auth] [--allow-fault-injection]}: serves until SIGTERM or SIGINT, in the foreground. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        List<String> words = List.of(args);
        int named = words.indexOf("--config");
        if (named < 0 || named + 1 >= words.size()) {
            System.err.println("Please provide configuration file: server --config FILE [--disable-auth]");
            System.exit(1);
        }
        Authentication authentication =
                words.contains("--disable-auth") ? Authentication.DISABLED : Authentication.REQUIRED;
        try {
            serve(Path.of(words.get(named + 1)), authentication, words.contains("--allow-fault-injection"));
        } catch (InvalidConfig e) {
            e.problems().forEach(problem -> System.err.println("ERROR: " + problem));
            System.exit(1);
        } catch (StoreException | IllegalStateException e) {
            System.err.println("ERROR: Unable to start application: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(Path file, Authentication authentication, boolean allowFaults) {
        ConfigFile.Loaded loaded = ConfigFile.load(file, System.getenv(), authentication);
        ServerConfig config = allowFaults ? loaded.config().allowingFaults() : loaded.config();
        loaded.warnings().forEach(warning -> System.err.println("WARNING: " + warning));
        if (authentication == Authentication.DISABLED) {
            System.err.println("WARNING: Heketi started with --disable-auth");
        }
        BricklayerServer server = BricklayerServer.start(config);
        // Whoever set another mode may have shut out himself, so there is a way that needs no request. See signal(7);
        // kill -USR2.
        UserSignal.onUsr2(server::serveNormally);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    System.out.println("Shutting down...");
                    server.close();
                    // A stop that was asked for is a success; left alone, the JVM would end with 143.
                    Runtime.getRuntime().halt(0);
                }));
        System.out.println("Listening on port " + server.port()
                + (config.http().tls().isPresent() ? " with TLS enabled" : "") + ", data in " + config.data());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            server.close();
            Thread.currentThread().interrupt();
        }
    }
}
