package bricklayer.functional.history;

import bricklayer.api.BlockVolumeInfo;
import bricklayer.api.BlockVolumeList;
import bricklayer.api.BrickInfo;
import bricklayer.api.VolumeInfo;
import bricklayer.api.VolumeList;
import bricklayer.api.WireJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Volumes, or block volumes: each that was made is there, none that was deleted comes back, none is there that nobody asked for, and each is seen as the changes made it.
 */
final class VolumeCheck {

    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("\"(?:size|expand_size|new_size)\":(\\d+)");

    /** What one answer shows of one volume. */
    private record Shown(long size, String name, List<String> bricks) {}

    private final History history;
    private final List<Job> jobs;
    private final String collection;
    private final List<String> faults;
    private final Set<String> cloning;

    private final Set<String> ids = new TreeSet<>();
    private final Set<String> atFirst = new HashSet<>();
    private final List<Exchange> lists = new ArrayList<>();
    private final Map<Long, Set<String>> listed = new HashMap<>();
    private final Map<String, List<Exchange>> reads = new HashMap<>();
    private final Map<Long, Shown> shown = new HashMap<>();
    private final Map<String, String> volumeOfBrick = new HashMap<>();
    private final Map<String, String> names = new TreeMap<>();

    private VolumeCheck(History history, List<Job> jobs, String collection, List<String> faults) {
        this.history = history;
        this.jobs = jobs;
        this.collection = collection;
        this.faults = faults;
        this.cloning = jobs.stream()
                .filter(job -> job.is("POST", collection + "/[^/]+/clone"))
                .map(Job::name)
                .collect(Collectors.toSet());
    }

    /** @param collection {@code /volumes} or {@code /blockvolumes} */
    static void check(History history, List<Job> jobs, String collection, List<String> faults) {
        VolumeCheck check = new VolumeCheck(history, jobs, collection, faults);
        check.read();
        check.ids.forEach(check::check);
    }

    private void read() {
        for (Exchange exchange : history.exchanges()) {
            if (exchange.is("GET", collection) && exchange.status() == 200) {
                Set<String> there = new HashSet<>(list(exchange.answer()));
                if (lists.isEmpty()) {
                    atFirst.addAll(there);
                }
                lists.add(exchange);
                listed.put(exchange.number(), there);
                ids.addAll(there);
            } else if (exchange.answered() && exchange.path().startsWith(collection + "/")) {
                String id = exchange.path().split("/", -1)[2];
                reads.computeIfAbsent(id, _ -> new ArrayList<>()).add(exchange);
                ids.add(id);
                if (exchange.method().equals("GET") && exchange.status() == 200) {
                    readOne(id, exchange);
                }
            }
        }
        jobs.stream()
                .filter(job -> job.leadsTo().startsWith(collection + "/"))
                .forEach(job -> ids.add(job.leadsTo().substring(collection.length() + 1)));
    }

    private List<String> list(String answer) {
        return collection.equals("/volumes")
                ? WireJson.read(answer, VolumeList.class).volumes()
                : WireJson.read(answer, BlockVolumeList.class).blockVolumes();
    }

    private void readOne(String id, Exchange exchange) {
        Shown seen;
        if (collection.equals("/volumes")) {
            VolumeInfo volume = WireJson.read(exchange.answer(), VolumeInfo.class);
            List<String> bricks = volume.bricks().stream().map(BrickInfo::id).toList();
            bricks.forEach(brick -> volumeOfBrick.put(brick, id));
            seen = new Shown(volume.sizeGiB(), volume.name(), bricks);
        } else {
            BlockVolumeInfo block = WireJson.read(exchange.answer(), BlockVolumeInfo.class);
            seen = new Shown(block.sizeGiB(), block.name(), List.of());
        }
        shown.put(exchange.number(), seen);
        String before = names.putIfAbsent(id, seen.name());
        if (before != null && !before.equals(seen.name())) {
            faults.add(collection + "/" + id + " was " + before + " before, and another name is seen by " + exchange);
        }
    }

    private void check(String id) {
        Holding first = Holding.ABSENT;
        if (atFirst.contains(id)) {
            first = reads.getOrDefault(id, List.of()).stream()
                    .map(exchange -> shown.get(exchange.number()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(seen -> Holding.of(seen.size()))
                    .orElseThrow(() -> new IllegalArgumentException("no look at " + collection + "/" + id));
        }
        List<Move<Holding>> moves = new ArrayList<>();
        boolean made = false;
        for (Job job : jobs) {
            made |= changes(id, job, moves);
        }
        if (!atFirst.contains(id) && !made && lists.stream().anyMatch(read -> at(read).contains(id))) {
            faults.add(collection + "/" + id + " is there, and nobody asked for it: "
                    + lists.stream()
                            .filter(read -> at(read).contains(id))
                            .findFirst()
                            .orElseThrow());
            return;
        }
        looks(id, moves);
        Orders.whyNone(first, moves)
                .ifPresent(why -> faults.add(collection + "/" + id + ": no order explains it\n" + why));
    }

    private Set<String> at(Exchange read) {
        return listed.getOrDefault(read.number(), Set.of());
    }

    private void looks(String id, List<Move<Holding>> moves) {
        for (Exchange read : lists) {
            boolean there = at(read).contains(id);
            moves.add(Move.seen(read, volume -> volume.visible() == there));
        }
        for (Exchange read : reads.getOrDefault(id, List.of())) {
            Shown seen = shown.get(read.number());
            if (seen != null) {
                moves.add(Move.seen(read, volume -> volume.shows(seen.size(), seen.bricks())));
            } else if (read.status() == 404) {
                boolean look = read.method().equals("GET");
                // a volume that is being cloned is not shown, though it is listed
                moves.add(Move.seen(read, volume -> !volume.visible() || (look && cloning.contains(volume.open()))));
            }
        }
    }

    /** @return whether it makes the volume */
    private boolean changes(String id, Job job, List<Move<Holding>> moves) {
        String path = collection + "/" + id;
        long number = number(job.asked().body());
        boolean creates = job.is("POST", collection) || job.is("POST", collection + "/[^/]+/clone");
        if (creates && (job.leadsTo().equals(path) || (job.leadsTo().isEmpty() && mayHaveMade(id, job)))) {
            String name = name(job.asked().body());
            if (names.containsKey(id) && !name.isEmpty() && !name.equals(names.get(id))) {
                faults.add(path + " is named " + names.get(id) + ", and was to be by " + job);
            }
            List<Long> sizes = job.is("POST", collection) ? List.of(number) : sizesOfClone(id);
            addMaking(moves, job, sizes);
            return true;
        }
        if (job.is("POST", path + "/clone")) {
            add(moves, job, false, volume -> volume.ended(true, volume.size()));
        } else if (job.is("POST", path + "/expand")) {
            boolean total = collection.equals("/blockvolumes");
            add(moves, job, false, volume -> volume.ended(true, total ? number : volume.size() + number));
        } else if (job.is("DELETE", path)) {
            add(moves, job, true, volume -> volume.ended(false, 0));
        } else if (job.is("POST", "/bricks/to-evict/.*") && collection.equals("/volumes")) {
            String brick = job.asked().path().substring("/bricks/to-evict/".length());
            if (id.equals(volumeOfBrick.get(brick))) {
                add(moves, job, false, volume -> volume.without(brick));
            }
        }
        return false;
    }

    /** Nobody heard of its end, but it bears the name. */
    private boolean mayHaveMade(String id, Job job) {
        return job.lost() && !atFirst.contains(id) && name(job.asked().body()).equals(names.get(id));
    }

    /** As large as its origin was, which may have grown at the same time, and not larger than it was seen at first. */
    private List<Long> sizesOfClone(String id) {
        long largest = reads.getOrDefault(id, List.of()).stream()
                .map(read -> shown.get(read.number()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Shown::size)
                .orElse(1L);
        return LongStream.rangeClosed(1, largest).boxed().toList();
    }

    private static void addMaking(List<Move<Holding>> moves, Job job, List<Long> sizes) {
        addBegin(moves, job, true, true);
        moves.add(new Move<>(
                "end of " + job,
                job.pending(),
                job.ended(),
                true,
                volume -> sizes.stream()
                        .flatMap(size -> volume.end(job, volume.ended(true, size)).stream())
                        .distinct()
                        .toList()));
    }

    private static void add(List<Move<Holding>> moves, Job job, boolean hides, UnaryOperator<Holding> success) {
        addBegin(moves, job, false, hides);
        moves.add(new Move<>(
                "end of " + job, job.pending(), job.ended(), true, volume -> volume.end(job, success.apply(volume))));
    }

    private static void addBegin(List<Move<Holding>> moves, Job job, boolean making, boolean hides) {
        moves.add(new Move<>(
                "begin of " + job, job.began(), job.begun(), true, volume -> volume.begin(job, making, hides)));
    }

    private static String name(String body) {
        Matcher found = NAME.matcher(body);
        return found.find() ? found.group(1) : "";
    }

    private static long number(String body) {
        Matcher found = NUMBER.matcher(body);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
