package bricklayer.injection;

import bricklayer.api.FaultRule;
import bricklayer.api.FaultRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Heketi's {@code injectexec} as rules. A hook answers in the command's place, or after it when it names a result, whether or not its reaction holds anything: one that only pauses makes the
 * command succeed without having run.
 */
public final class HeketiHooks {

    private static final Set<String> HOOK = Set.of("cmd", "condfile", "reaction");
    private static final Set<String> RESULT_HOOK = Set.of("cmd", "condfile", "reaction", "result");
    private static final Set<String> REACTION =
            Set.of("result", "err", "pause", "panic", "exitstatus", "erroutput", "forceerr", "forceerroutput");
    private static final String PLACE = "glusterfs.injectexec.command_injection.";

    private final List<String> problems = new ArrayList<>();
    private final List<FaultRule> rules = new ArrayList<>();

    private HeketiHooks() {}

    /**
     * @param commands the list {@code commands} of {@code injectexec.command_injection}, as JSON was taken apart; empty when it is missing
     * @param results the list {@code results}
     * @throws UnusableRules with all that is not understood
     */
    public static List<FaultRule> rules(Object commands, Object results) {
        HeketiHooks hooks = new HeketiHooks();
        hooks.read("commands", commands, HOOK);
        hooks.read("results", results, RESULT_HOOK);
        if (hooks.problems.isEmpty()) {
            Injection.check(new FaultRules(0, hooks.rules));
            return List.copyOf(hooks.rules);
        }
        throw new UnusableRules(hooks.problems);
    }

    private void read(String list, Object hooks, Set<String> known) {
        if (!(hooks instanceof List<?> entries)) {
            problems.add(PLACE + list + " is not a list");
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            String place = PLACE + list + "[" + i + "]";
            Members hook = members(place, entries.get(i), known);
            Members reaction = members(place + ".Reaction", hook.values.getOrDefault("reaction", Map.of()), REACTION);
            boolean after = known.contains("result");
            rules.add(rule("heketi-" + list + "-" + (i + 1), hook, reaction, after));
        }
    }

    private static FaultRule rule(String name, Members hook, Members reaction, boolean after) {
        String error = reaction.text("err");
        boolean failed = !error.isEmpty() || reaction.flag("forceerr");
        long status = reaction.whole("exitstatus");
        String stderr = reaction.text("erroutput");
        return new FaultRule(
                name,
                "",
                "",
                "",
                "",
                hook.text("cmd").isEmpty() ? ".*" : hook.text("cmd"),
                after ? (hook.text("result").isEmpty() ? ".*" : hook.text("result")) : "",
                true,
                "",
                hook.text("condfile"),
                0,
                0,
                0,
                0,
                reaction.text("panic").isEmpty() ? "answer" : "crash",
                reaction.whole("pause") * 1000,
                (int) (failed && status == 0 ? 1 : status),
                reaction.text("result"),
                stderr.isEmpty() && !reaction.flag("forceerroutput") ? error : stderr);
    }

    private Members members(String place, Object object, Set<String> known) {
        Members members = new Members(place);
        if (!(object instanceof Map<?, ?> map)) {
            problems.add(place + " is not an object");
            return members;
        }
        map.forEach((key, value) -> {
            String name = String.valueOf(key).toLowerCase(Locale.ROOT);
            if (!known.contains(name)) {
                problems.add(place + "." + key + " is not understood; known are " + String.join(", ", sorted(known)));
            } else if (value != null) {
                members.values.put(name, value);
            }
        });
        return members;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    /** The members of an object, by their names in lower case. */
    private final class Members {

        private final String place;
        private final Map<String, Object> values = new TreeMap<>();

        Members(String place) {
            this.place = place;
        }

        String text(String name) {
            Object value = values.getOrDefault(name, "");
            return value instanceof String text ? text : wrong(name, "a text", "");
        }

        boolean flag(String name) {
            Object value = values.getOrDefault(name, false);
            return value instanceof Boolean flag ? flag : wrong(name, "true or false", false);
        }

        long whole(String name) {
            Object value = values.getOrDefault(name, 0);
            return value instanceof Integer || value instanceof Long
                    ? ((Number) value).longValue()
                    : wrong(name, "a whole number", 0L);
        }

        private <T> T wrong(String name, String kind, T instead) {
            problems.add(place + "." + name + " is not " + kind);
            return instead;
        }
    }
}
