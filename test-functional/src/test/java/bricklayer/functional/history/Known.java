package bricklayer.functional.history;

import bricklayer.api.BrickInfo;
import bricklayer.api.VolumeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What the clients have told each other: things that were there when somebody looked. Thread-safe. */
final class Known {

    private static final int REMEMBERED = 60;

    final Set<String> volumes = ConcurrentHashMap.newKeySet();
    final Set<String> blockVolumes = ConcurrentHashMap.newKeySet();
    final Set<String> clusters = ConcurrentHashMap.newKeySet();
    final Set<String> devices = ConcurrentHashMap.newKeySet();

    private final Map<String, List<String>> bricks = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<Exchange> keyed = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedDeque<String> queuePaths = new ConcurrentLinkedDeque<>();

    void saw(VolumeInfo volume) {
        bricks.put(volume.id(), volume.bricks().stream().map(BrickInfo::id).toList());
    }

    List<String> bricksOf(String volume) {
        return bricks.getOrDefault(volume, List.of());
    }

    void forgetVolume(String id) {
        volumes.remove(id);
        bricks.remove(id);
    }

    /** A request that was answered and carried a key. */
    void sent(Exchange exchange) {
        keep(keyed, exchange);
    }

    void accepted(String queuePath) {
        keep(queuePaths, queuePath);
    }

    List<Exchange> keyed() {
        return List.copyOf(keyed);
    }

    List<String> queuePaths() {
        return List.copyOf(queuePaths);
    }

    private static <T> void keep(ConcurrentLinkedDeque<T> where, T what) {
        where.add(what);
        if (where.size() > REMEMBERED) {
            where.poll();
        }
    }

    /** Any of them, or an id of nothing when there is none. */
    static String any(Set<String> ids, Random random) {
        List<String> all = new ArrayList<>(ids);
        all.sort(null);
        return all.isEmpty() ? "0123456789abcdef0123456789abcdef" : all.get(random.nextInt(all.size()));
    }
}
