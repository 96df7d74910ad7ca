package bricklayer.tools.quickstart;

import bricklayer.api.PlainAnswers;
import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import bricklayer.client.Credentials;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a quickstart: the server's data, and beside it
 *
 * <pre>
 * heketi.json      configuration with the keys; only its owner may read it
 * topology.json    the sample topology, to look at and to change
 * server.json      which server was started: {"pid":1234,"url":"http://localhost:8080"}
 * server.log       what it says
 * </pre>
 */
public final class DataFolder {

    private static final int KEY_BYTES = 16;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;

    /** The server that was started last; whether it still runs is another question. */
    public record StartedServer(long pid, String url) {}

    /** What a client has to know of the configuration. */
    public record Config(int port, Credentials admin) {}

    private record ConfigFile(
            @Nullable String port, @Nullable Jwt jwt) {}

    private record Jwt(@Nullable User admin) {}

    private record User(@Nullable String key) {}

    private interface Action<T> {
        T run() throws IOException;
    }

    /**
     * @param root absolute; need not exist
     */
    public DataFolder(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public Path config() {
        return root.resolve("heketi.json");
    }

    public Path topology() {
        return root.resolve("topology.json");
    }

    public Path log() {
        return root.resolve("server.log");
    }

    private Path serverFile() {
        return root.resolve("server.json");
    }

    void create() {
        attempt("create the folder " + root, () -> {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root.toAbsolutePath().getParent());
                Files.createDirectory(root, OWNER_ONLY_FOLDER);
            }
            return root;
        });
    }

    /** Keeps a second quickstart out of the folder until it is closed or the process ends. */
    FileChannel lock() {
        Path file = root.resolve("quickstart.lock");
        return attempt("lock " + file, () -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new QuickstartFailed("another quickstart is at work in " + root + "; wait for its end", null);
            }
            return channel;
        });
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // held by this process
            return false;
        }
    }

    boolean hasConfig() {
        return Files.exists(config());
    }

    void writeConfig(int port, RandomGenerator random) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_about", "Made by quickstart. Nodes are simulated: the executor is mock.");
        config.put("port", Integer.toString(port));
        config.put("jwt", Map.of("admin", Map.of("key", key(random)), "user", Map.of("key", key(random))));
        config.put("glusterfs", Map.of("executor", "mock"));
        config.put("bricklayer", Map.of("data", root.toString()));
        write(config(), WireJson.writeIndented(config) + "\n");
    }

    private static String key(RandomGenerator random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    public Config readConfig() {
        ConfigFile file = read(config(), ConfigFile.class, DataFolder::configFile)
                .orElseThrow(() -> new QuickstartFailed(config() + " does not exist", null));
        if (file.jwt() == null
                || file.jwt().admin() == null
                || file.jwt().admin().key() == null) {
            throw new QuickstartFailed(config() + " has no jwt.admin.key", null);
        }
        String port = file.port() == null ? "" : file.port();
        if (!port.matches("[0-9]{1,5}")) {
            throw new QuickstartFailed(config() + ": port is \"" + port + "\"; expected a number in quotes", null);
        }
        return new Config(
                Integer.parseInt(port), Credentials.admin(file.jwt().admin().key()));
    }

    public Optional<StartedServer> server() {
        return read(serverFile(), StartedServer.class, DataFolder::startedServer);
    }

    void remember(StartedServer server) {
        write(serverFile(), WireJson.write(server) + "\n");
    }

    void forgetServer() {
        attempt("delete " + serverFile(), () -> Files.deleteIfExists(serverFile()));
    }

    /** Puts a file in place as a whole, readable by its owner only. */
    void write(Path file, String text) {
        attempt("write " + file, () -> {
            Path draft = Files.createTempFile(root, file.getFileName().toString(), ".new", OWNER_ONLY);
            Files.writeString(draft, text);
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private static @Nullable StartedServer startedServer(Map<?, ?> file) {
        return file.get("pid") instanceof Long pid && file.get("url") instanceof String url
                ? new StartedServer(pid, url)
                : null;
    }

    private static @Nullable ConfigFile configFile(Map<?, ?> file) {
        return file.get("port") instanceof String port
                        && file.get("jwt") instanceof Map<?, ?> jwt
                        && jwt.get("admin") instanceof Map<?, ?> admin
                        && admin.get("key") instanceof String key
                ? new ConfigFile(port, new Jwt(new User(key)))
                : null;
    }

    /** @param plain reads the file as it is written here; null for another, which takes longer */
    private static <T> Optional<T> read(Path file, Class<T> type, Function<Map<?, ?>, ? extends @Nullable T> plain) {
        try {
            return attempt("read " + file, () -> {
                if (!Files.exists(file)) {
                    return Optional.empty();
                }
                byte[] text = Files.readAllBytes(file);
                return PlainAnswers.object(text)
                        .flatMap(object -> Optional.ofNullable(plain.apply(object)))
                        .or(() -> Optional.of(WireJson.read(text, type)));
            });
        } catch (UnreadableJson e) {
            throw new QuickstartFailed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static <T> T attempt(String what, Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new QuickstartFailed("cannot " + what + ": " + e, e);
        }
    }
}
