package bricklayer.functional.history;

import bricklayer.api.DeviceInfo;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.api.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Devices: states and tags are what they were last set to, and none holds more than it has. */
final class DeviceCheck {

    private DeviceCheck() {}

    static void check(History history, List<Job> jobs, List<String> faults) {
        Map<String, List<Exchange>> reads = history.exchanges().stream()
                .filter(exchange -> exchange.is("GET", "/devices/[^/]+") && exchange.status() == 200)
                .collect(Collectors.groupingBy(Exchange::path, TreeMap::new, Collectors.toList()));
        reads.forEach((path, seen) -> {
            seen.forEach(read -> space(read, faults));
            DeviceInfo first = device(seen.getFirst());
            Orders.whyNone(first.state(), states(path, seen, jobs))
                    .ifPresent(why -> faults.add("state of " + path + ": no order explains it\n" + why));
            Orders.whyNone(first.tags(), tags(path, seen, jobs))
                    .ifPresent(why -> faults.add("tags of " + path + ": no order explains them\n" + why));
        });
    }

    private static DeviceInfo device(Exchange read) {
        return WireJson.read(read.answer(), DeviceInfo.class);
    }

    private static void space(Exchange read, List<String> faults) {
        DeviceInfo device = device(read);
        long total = device.storage().totalKiB();
        long used = device.storage().usedKiB();
        if (used < 0 || used > total || device.storage().freeKiB() != total - used) {
            faults.add("a device of %d KiB is over-committed, or space is counted wrongly: %s".formatted(total, read));
        }
    }

    private static List<Move<String>> states(String path, List<Exchange> reads, List<Job> jobs) {
        List<Move<String>> moves = new ArrayList<>();
        for (Job job : jobs) {
            if (job.is("POST", path + "/state")) {
                String wanted =
                        WireJson.read(job.asked().body(), StateRequest.class).state();
                moves.add(new Move<>(job.toString(), job.pending(), job.ended(), true, state -> {
                    if (job.lost()) {
                        return List.of(state, wanted);
                    }
                    return List.of(job.succeeded() ? wanted : state);
                }));
            }
        }
        reads.forEach(read -> {
            String seen = device(read).state();
            moves.add(Move.seen(read, seen::equals));
        });
        return moves;
    }

    private static List<Move<Map<String, String>>> tags(String path, List<Exchange> reads, List<Job> jobs) {
        List<Move<Map<String, String>>> moves = new ArrayList<>();
        for (Job job : jobs) {
            if (job.is("POST", path + "/tags")) {
                TagsChangeRequest change = WireJson.read(job.asked().body(), TagsChangeRequest.class);
                moves.add(new Move<>(job.toString(), job.began(), job.begun(), true, before -> {
                    Map<String, String> after = changed(before, change);
                    if (job.lost()) {
                        return List.of(before, after);
                    }
                    return WireJson.read(job.end().orElseThrow().answer(), Map.class)
                                    .equals(after)
                            ? List.of(after)
                            : List.of();
                }));
            }
        }
        reads.forEach(read -> {
            Map<String, String> seen = device(read).tags();
            moves.add(Move.seen(read, seen::equals));
        });
        return moves;
    }

    private static Map<String, String> changed(Map<String, String> before, TagsChangeRequest change) {
        Map<String, String> after = new TreeMap<>(before);
        if (change.changeType().equals("delete")) {
            after.keySet().removeAll(change.tags().keySet());
        } else {
            after.putAll(change.tags());
        }
        return after;
    }
}
