package bricklayer.config;

import bricklayer.api.FaultRule;
import bricklayer.api.FaultRules;
import bricklayer.injection.HeketiHooks;
import bricklayer.injection.RuleReader;
import bricklayer.injection.UnusableRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what is to go wrong on purpose: Heketi's hooks, where its executor is one that injects, and our own file of rules. */
record InjectionConfigReader(Reading reading, JsonFile file) {

    private static final String HOOKS = "glusterfs.injectexec.command_injection";
    private static final List<String> LISTS = List.of(HOOKS + ".commands", HOOKS + ".results");

    InjectionConfig read() {
        List<FaultRule> rules = new ArrayList<>();
        if (reading.get(Settings.EXECUTOR).startsWith("inject/")) {
            rules.addAll(hooks());
        }
        FaultRules own = own(reading.get(Settings.FAULT_RULES));
        rules.addAll(own.rules());
        boolean allowed = reading.get(Settings.FAULT_INJECTION);
        return new InjectionConfig(allowed, new FaultRules(own.seed(), rules));
    }

    private List<FaultRule> hooks() {
        file.unknown(LISTS).stream()
                .filter(key -> key.startsWith("glusterfs.injectexec."))
                .forEach(key -> reading.problem("Unable to parse configuration: " + key
                        + " is not understood; known are " + String.join(" and ", LISTS)));
        try {
            return HeketiHooks.rules(
                    file.at(LISTS.getFirst()).orElse(List.of()),
                    file.at(LISTS.getLast()).orElse(List.of()));
        } catch (UnusableRules e) {
            e.problems().forEach(why -> reading.problem("Unable to parse configuration: " + why));
            return List.of();
        }
    }

    private FaultRules own(String path) {
        FaultRules none = new FaultRules(0, List.of());
        if (path.isEmpty()) {
            return none;
        }
        try {
            return RuleReader.read(Files.readString(Path.of(path)));
        } catch (IOException e) {
            reading.problem("Unable to read the fault rules of " + Settings.FAULT_RULES.key() + ", " + path + ": " + e);
        } catch (UnusableRules e) {
            e.problems().forEach(why -> reading.problem("Unable to use the fault rules in " + path + ": " + why));
        }
        return none;
    }
}
