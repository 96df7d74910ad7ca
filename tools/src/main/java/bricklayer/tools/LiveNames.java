package bricklayer.tools;

import bricklayer.api.NodeInfo;
import bricklayer.api.PendingOperation;
import bricklayer.client.BricklayerClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.PicocliException;

/**
 * What things are called at this moment, for completion: asked of the server with little patience, and kept for some seconds in the user's cache folder, for people press
 * TAB more than once. Nothing is said of failures; there are no names then.
 */
final class LiveNames {

    /** How long the server may take, in milliseconds. */
    static final String PATIENCE = "BRICKLAYER_COMPLETION_MS";

    private static final long PATIENCE_MILLIS = 1_500;
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** More than anybody reads. */
    private static final int MOST = 1_000;

    /** What has names. */
    enum Kind {
        CLUSTER {
            @Override
            Stream<String> ask(BricklayerClient client) {
                return client.clusters().stream();
            }
        },
        NODE {
            @Override
            Stream<String> ask(BricklayerClient client) {
                return Listings.nodes(client).stream().flatMap(node -> Stream.of(host(node), node.id()));
            }
        },
        DEVICE {
            @Override
            Stream<String> ask(BricklayerClient client) {
                return Listings.nodes(client).stream()
                        .flatMap(node -> node.devices().stream()
                                .flatMap(device -> Stream.of(host(node) + ":" + device.name(), device.id())));
            }
        },
        BRICK {
            @Override
            Stream<String> ask(BricklayerClient client) {
                return Listings.nodes(client).stream()
                        .flatMap(node -> node.devices().stream())
                        .flatMap(device -> device.bricks().stream())
                        .map(brick -> brick.id());
            }
        },
        VOLUME {
            @Override
            Stream<String> ask(BricklayerClient client) {
                return Present.of(client.volumes().stream().limit(MOST).toList(), client::volume).stream()
                        .flatMap(volume -> Stream.of(volume.name(), volume.id()));
            }
        },
        BLOCKVOLUME {
            @Override
            Stream<String> ask(BricklayerClient client) {
                return Present.of(client.blockVolumes().stream().limit(MOST).toList(), client::blockVolume).stream()
                        .flatMap(volume -> Stream.of(volume.name(), volume.id()));
            }
        },
        OPERATION {
            @Override
            Stream<String> ask(BricklayerClient client) {
                return client.pendingOperations().stream().map(PendingOperation::id);
            }
        };

        abstract Stream<String> ask(BricklayerClient client);

        private static String host(NodeInfo node) {
            return node.hostnames().manage().stream().findFirst().orElse(node.id());
        }

        /**
         * What an argument of a command names.
         *
         * @param command with the program's name
         * @param option its name; empty for an argument without one
         */
        static Optional<Kind> of(String command, String label, String option) {
            if (label.matches("NODE|OLD")) {
                return Optional.of(NODE);
            }
            if (!label.equals("ID")) {
                return Optional.empty();
            }
            String which = option.isEmpty() ? command.replaceFirst("^\\S+ ", "") : option;
            return switch (which.replaceFirst("^(--\\S+|\\S+).*", "$1")) {
                case "cluster", "--cluster", "--clusters" -> Optional.of(CLUSTER);
                case "node", "--node" -> Optional.of(NODE);
                case "device", "--device" -> Optional.of(DEVICE);
                case "brick" -> Optional.of(BRICK);
                case "volume", "--volume" -> Optional.of(VOLUME);
                case "blockvolume", "--blockvolume" -> Optional.of(BLOCKVOLUME);
                case "server" -> Optional.of(OPERATION);
                default -> Optional.empty();
            };
        }
    }

    private final Surroundings surroundings;
    private final List<String> words;

    /**
     * @param words of the command line; what they say of the server counts
     */
    LiveNames(Surroundings surroundings, List<String> words) {
        // nobody is asked for a key in the middle of a line
        this.surroundings = new Surroundings(
                surroundings.environment(),
                surroundings.workingFolder(),
                surroundings.launcher(),
                surroundings.asHeketi(),
                Terminal.NONE,
                surroundings.out(),
                surroundings.err(),
                surroundings.time(),
                surroundings.random());
        this.words = words;
    }

    List<String> of(Kind kind) {
        RootCommand root = new RootCommand(surroundings);
        try {
            new CommandLine(root)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setAllowSubcommandsAsOptionParameters(true)
                    .setUnmatchedArgumentsAllowed(true)
                    .parseArgs(words.toArray(String[]::new));
            Optional<Path> file = file(kind, root.target());
            Optional<List<String>> kept = file.flatMap(this::kept);
            if (kept.isPresent()) {
                return kept.get();
            }
            List<String> names = asked(kind, root.client(), patience());
            file.ifPresent(to -> keep(to, names));
            return names;
        } catch (PicocliException | CommandFailed | ExecutionException | TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private long patience() {
        return surroundings
                .variable(PATIENCE)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Long::parseLong)
                .orElse(PATIENCE_MILLIS);
    }

    private static List<String> asked(Kind kind, BricklayerClient client, long millis)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<List<String>> names = client.supplyAsync(it -> kind.ask(it)
                .filter(name -> !name.isEmpty())
                .distinct()
                .limit(MOST)
                .toList());
        return names.get(millis, TimeUnit.MILLISECONDS);
    }

    /** Empty where no folder is known. */
    private Optional<Path> file(Kind kind, RootCommand.Target target) {
        int whose = Objects.hash(target.server(), target.credentials());
        return surroundings
                .variable("XDG_CACHE_HOME")
                .map(Path::of)
                .or(() -> surroundings.variable("HOME").map(home -> Path.of(home, ".cache")))
                .filter(Path::isAbsolute)
                .map(folder -> folder.resolve("bricklayer")
                        .resolve(kind.name().toLowerCase(Locale.ROOT) + "-" + Integer.toHexString(whose)));
    }

    private Optional<List<String>> kept(Path file) {
        try {
            FileTime written = Files.getLastModifiedTime(file);
            Instant now = surroundings.time().now();
            boolean fresh = !written.toInstant().isAfter(now)
                    && written.toInstant().plus(FRESH).isAfter(now);
            return fresh ? Optional.of(Files.readAllLines(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void keep(Path file, List<String> names) {
        try {
            Path folder = Objects.requireNonNull(file.getParent());
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path draft = Files.createTempFile(folder, "names", "");
            try {
                Files.write(draft, names, StandardCharsets.UTF_8);
                Files.setLastModifiedTime(
                        draft, FileTime.from(surroundings.time().now()));
                Files.move(
                        draft,
                        file,
                        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException | UnsupportedOperationException notKept) {
            // asked again next time
        }
    }
}
