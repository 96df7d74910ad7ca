package bricklayer.functional.history;

import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Asks for anything, beside others who do so with the same things, and goes on when the server dies: a request with a key is sent again until it is answered, one
 * without is given up. It judges nothing.
 */
public final class RandomClient implements Runnable {

    private static final int VOLUMES_MAX = 14;
    private static final int BLOCK_VOLUMES_MAX = 5;
    private static final int CLUSTERS_MAX = 4;
    private static final int TWINS_ONE_IN = 8;
    private static final int POLL_MS = 15;
    private static final Duration LONGEST_JOB = Duration.ofMinutes(4);

    private final Caller caller;
    private final Caller twin;
    private final Known known;
    private final String name;
    private final Random random;
    private final BooleanSupplier goesOn;
    private int made;

    /**
     * @param name of its own in the whole run
     * @param goesOn asked before each thing it does
     */
    RandomClient(Servers servers, Recorder recorder, Known known, String name, Random random, BooleanSupplier goesOn) {
        this.caller = new Caller(servers, recorder, name);
        this.twin = new Caller(servers, recorder, name + "-twin");
        this.known = known;
        this.name = name;
        this.random = random;
        this.goesOn = goesOn;
    }

    @Override
    public void run() {
        try {
            while (goesOn.getAsBoolean()) {
                act(random.nextInt(100));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            caller.close();
            twin.close();
        }
    }

    private void act(int dice) throws InterruptedException {
        if (dice < 20) {
            createOrDeleteVolume();
        } else if (dice < 27) {
            ask("POST", "/volumes/" + aVolume() + "/expand", "{\"expand_size\":" + (2 + random.nextInt(2)) + "}");
        } else if (dice < 33) {
            deleteVolume();
        } else if (dice < 36) {
            ask("POST", "/volumes/" + aVolume() + "/clone", "{\"name\":\"" + newName() + "\"}");
        } else if (dice < 40) {
            evict();
        } else if (dice < 43) {
            changeStateOfADevice();
        } else if (dice < 47) {
            ask(
                    "POST",
                    "/devices/" + Known.any(known.devices, random) + "/tags",
                    "{\"change_type\":\"%s\",\"tags\":{\"t%d\":\"%s\"}}"
                            .formatted(random.nextInt(4) == 0 ? "delete" : "update", random.nextInt(3), newName()));
        } else if (dice < 52) {
            changeClusters();
        } else if (dice < 57) {
            changeBlockVolumes();
        } else if (dice < 62) {
            repeat();
        } else {
            look(dice);
        }
    }

    private void createOrDeleteVolume() throws InterruptedException {
        if (known.volumes.size() >= VOLUMES_MAX) {
            deleteVolume();
            return;
        }
        String durability = switch (random.nextInt(4)) {
            case 0, 1 -> "{\"type\":\"replicate\",\"replicate\":{\"replica\":3}}";
            case 2 -> "{\"type\":\"disperse\",\"disperse\":{\"data\":2,\"redundancy\":1}}";
            default -> "{\"type\":\"none\"}";
        };
        ask(
                "POST",
                "/volumes",
                "{\"size\":%d,\"name\":\"%s\",\"durability\":%s}"
                        .formatted(2 + random.nextInt(7), newName(), durability));
    }

    private void deleteVolume() throws InterruptedException {
        String id = aVolume();
        known.forgetVolume(id);
        ask("DELETE", "/volumes/" + id, "");
    }

    private void evict() throws InterruptedException {
        List<String> bricks = known.bricksOf(aVolume());
        if (!bricks.isEmpty()) {
            ask("POST", "/bricks/to-evict/" + bricks.get(random.nextInt(bricks.size())), "");
        }
    }

    /** Out of service and back; sometimes all the way to being given up, which moves the bricks. */
    private void changeStateOfADevice() throws InterruptedException {
        String path = "/devices/" + Known.any(known.devices, random) + "/state";
        ask("POST", path, "{\"state\":\"offline\"}");
        if (random.nextInt(3) == 0) {
            ask("POST", path, "{\"state\":\"failed\"}");
            ask("POST", path, "{\"state\":\"offline\"}");
        }
        ask("POST", path, "{\"state\":\"online\"}");
    }

    private void changeClusters() throws InterruptedException {
        if (known.clusters.size() < CLUSTERS_MAX && random.nextBoolean()) {
            // always with a key: nobody could tell whose a cluster is that was made without an answer
            Exchange end = ask("POST", "/clusters", "{\"file\":true}", newKey());
            if (end.status() == 201) {
                known.clusters.add(WireJson.read(end.answer(), bricklayer.api.ClusterInfo.class)
                        .id());
            }
        } else {
            String id = Known.any(known.clusters, random);
            known.clusters.remove(id);
            ask("DELETE", "/clusters/" + id, "");
        }
    }

    private void changeBlockVolumes() throws InterruptedException {
        String id = Known.any(known.blockVolumes, random);
        if (known.blockVolumes.size() < BLOCK_VOLUMES_MAX && random.nextInt(3) > 0) {
            ask("POST", "/blockvolumes", "{\"size\":1,\"name\":\"%s\"}".formatted(newName()));
        } else if (random.nextInt(3) == 0) {
            ask("POST", "/blockvolumes/" + id + "/expand", "{\"new_size\":" + (2 + random.nextInt(3)) + "}");
        } else {
            known.blockVolumes.remove(id);
            ask("DELETE", "/blockvolumes/" + id, "");
        }
    }

    /** A request that came before: once more, or its key with another. */
    private void repeat() throws InterruptedException {
        List<Exchange> before = known.keyed();
        if (before.isEmpty()) {
            return;
        }
        Exchange one = before.get(random.nextInt(before.size()));
        if (random.nextInt(4) == 0) {
            caller.send("POST", "/clusters", "{\"file\":true,\"block\":true}", one.key());
        } else {
            caller.send(one.method(), one.path(), one.body(), one.key());
        }
    }

    private void look(int dice) throws InterruptedException {
        if (dice < 72) {
            caller.get("/volumes");
        } else if (dice < 86) {
            Exchange seen = caller.get("/volumes/" + aVolume());
            if (seen.status() == 200) {
                known.saw(WireJson.read(seen.answer(), VolumeInfo.class));
            }
        } else if (dice < 90) {
            caller.get("/devices/" + Known.any(known.devices, random));
        } else if (dice < 92) {
            caller.get("/clusters");
        } else if (dice < 94) {
            caller.get("/blockvolumes");
        } else if (dice < 96) {
            caller.get("/blockvolumes/" + Known.any(known.blockVolumes, random));
        } else {
            List<String> paths = known.queuePaths();
            if (!paths.isEmpty()) {
                caller.get(paths.get(random.nextInt(paths.size())));
            }
        }
    }

    private String aVolume() {
        return Known.any(known.volumes, random);
    }

    private String newName() {
        return name + "-" + made++;
    }

    private String newKey() {
        return "key-" + newName();
    }

    private Exchange ask(String method, String path, String body) throws InterruptedException {
        return ask(method, path, body, random.nextInt(3) > 0 ? newKey() : "");
    }

    /** The last answer to a request; where it takes time, that of the queue. */
    private Exchange ask(String method, String path, String body, String key) throws InterruptedException {
        Exchange answer = !key.isEmpty() && random.nextInt(TWINS_ONE_IN) == 0
                ? sendTwice(method, path, body, key)
                : caller.send(method, path, body, key);
        while (!answer.answered() && !key.isEmpty()) {
            answer = caller.send(method, path, body, key);
        }
        if (!key.isEmpty() && answer.acted()) {
            known.sent(answer);
        }
        if (answer.status() == 429) {
            Thread.sleep(POLL_MS);
        }
        return answer.status() == 202 ? follow(answer.location()) : answer;
    }

    /** The same on two connections at the same moment, as a client does that believes the first one lost. The answer of the one that was accepted, if one was. */
    private Exchange sendTwice(String method, String path, String body, String key) throws InterruptedException {
        List<Exchange> other = Collections.synchronizedList(new ArrayList<>());
        Thread thread = Thread.ofPlatform().name(name + "-twin").start(() -> {
            try {
                other.add(twin.send(method, path, body, key));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Exchange mine;
        try {
            mine = caller.send(method, path, body, key);
        } finally {
            thread.join();
        }
        return other.stream().filter(Exchange::acted).findFirst().orElse(mine);
    }

    private Exchange follow(String queuePath) throws InterruptedException {
        known.accepted(queuePath);
        long latest = System.nanoTime() + LONGEST_JOB.toNanos();
        Exchange end = caller.get(queuePath);
        while (!end.answered() || end.pending()) {
            if (System.nanoTime() > latest) {
                throw new AssertionError("not at its end after " + LONGEST_JOB + ": " + end);
            }
            Thread.sleep(POLL_MS);
            end = caller.get(queuePath);
        }
        learn(known.volumes, "/volumes/", end.location());
        learn(known.blockVolumes, "/blockvolumes/", end.location());
        return end;
    }

    private static void learn(Set<String> ids, String collection, String location) {
        if (location.startsWith(collection)) {
            ids.add(location.substring(collection.length()));
        }
    }
}
