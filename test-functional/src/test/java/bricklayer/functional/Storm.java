package bricklayer.functional;

import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * A client that creates, expands and deletes volumes until the server is gone, and remembers what it was promised. Each storm touches only the
 * volumes of its own name.
 */
final class Storm implements Runnable {

    private static final int VOLUMES_MAX = 3;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    enum Kind {
        CREATE,
        EXPAND,
        DELETE
    }

    /**
     * A request that was answered with 202.
     *
     * @param volume its name
     * @param end how the client saw it end; empty when it did not
     */
    record Promise(Kind kind, String volume, String queuePath, Optional<Rest.Answer> end) {}

    private final Rest rest;
    private final String newName;
    private final Random random;
    private final Duration pause;
    private final List<VolumeInfo> mine;
    private final List<Promise> promises = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private int made;

    /**
     * @param name what the names of its volumes begin with; no other storm of the time has it
     * @param now what the names of those it creates go on with, so that none comes twice
     * @param there the volumes that are there
     */
    Storm(Rest rest, String name, String now, List<VolumeInfo> there, Random random, Duration pause) {
        this.rest = rest;
        this.newName = name + now;
        this.random = random;
        this.pause = pause;
        this.mine = new ArrayList<>(
                there.stream().filter(volume -> volume.name().startsWith(name)).toList());
    }

    /** In the order they were made. To be asked when the storm is over. */
    List<Promise> promises() {
        return promises;
    }

    /** Volumes that were to be deleted, without an answer. Whether they are there is anybody's guess. */
    List<String> unanswered() {
        return unanswered;
    }

    @Override
    public void run() {
        try {
            while (true) {
                int choice = random.nextInt(20);
                if (mine.isEmpty() || (choice < 11 && mine.size() < VOLUMES_MAX)) {
                    create();
                } else if (choice < 13) {
                    VolumeInfo volume = mine.get(random.nextInt(mine.size()));
                    operate(
                            Kind.EXPAND,
                            volume.name(),
                            "POST",
                            "/volumes/" + volume.id() + "/expand",
                            "{\"expand_size\":2}");
                } else {
                    VolumeInfo volume = mine.remove(random.nextInt(mine.size()));
                    operate(Kind.DELETE, volume.name(), "DELETE", "/volumes/" + volume.id(), "");
                }
            }
        } catch (IOException gone) {
            // the server is dead, as intended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void create() throws IOException, InterruptedException {
        String durability = switch (random.nextInt(3)) {
            case 0 -> "{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}";
            case 1 -> "{\"type\":\"disperse\",\"disperse\":{\"data\":2,\"redundancy\":1}}";
            default -> "{\"type\":\"none\"}";
        };
        String volume = newName + made++;
        String body = "{\"size\":2,\"name\":\"%s\",\"durability\":%s}".formatted(volume, durability);
        Optional<Rest.Answer> end = operate(Kind.CREATE, volume, "POST", "/volumes", body);
        if (end.isPresent() && end.get().status() == 303) {
            mine.add(WireJson.read(rest.get(end.get().location().orElseThrow()).body(), VolumeInfo.class));
        }
    }

    private Optional<Rest.Answer> operate(Kind kind, String volume, String method, String path, String body)
            throws IOException, InterruptedException {
        String key = random.nextBoolean() ? Long.toHexString(random.nextLong()) : "";
        Rest.Answer accepted;
        try {
            accepted = rest.send(method, path, body, key);
        } catch (IOException lost) {
            unanswered.add(volume);
            throw lost;
        }
        if (accepted.status() != 202) {
            if (accepted.status() == 409 || accepted.status() == 429) {
                Thread.sleep(pause);
                return Optional.empty();
            }
            throw new AssertionError(method + " " + path + " " + body + ": " + accepted);
        }
        String queuePath = accepted.location().orElseThrow();
        try {
            Rest.Answer end = rest.end(queuePath, LONGEST, pause);
            promises.add(new Promise(kind, volume, queuePath, Optional.of(end)));
            return Optional.of(end);
        } catch (IOException lost) {
            promises.add(new Promise(kind, volume, queuePath, Optional.empty()));
            throw lost;
        }
    }

    /** Names of volumes that were or may have been deleted. */
    TreeSet<String> deleted() {
        TreeSet<String> names = new TreeSet<>(unanswered);
        promises.stream()
                .filter(promise -> promise.kind() == Kind.DELETE)
                .map(Promise::volume)
                .forEach(names::add);
        return names;
    }
}
