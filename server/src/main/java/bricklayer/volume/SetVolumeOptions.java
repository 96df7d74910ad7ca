package bricklayer.volume;

import bricklayer.host.Command;
import bricklayer.host.Query;
import bricklayer.operation.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets options of a volume that the same operation made; they go when the volume goes.
 *
 * @param options {@code "key value"}, none empty, in the order to set them
 */
record SetVolumeOptions(Target target, List<String> options) implements GlusterStep {

    SetVolumeOptions {
        options = List.copyOf(options);
    }

    @Override
    public String name() {
        return "set-volume-options";
    }

    @Override
    public Query<Effect> observe() {
        Map<String, String> wanted = new LinkedHashMap<>();
        options.stream()
                .map(VolumeOptions::words)
                .filter(words -> !words.key().equals(VolumeOptions.GROUP))
                .forEach(words -> wanted.put(words.key(), words.value()));
        return target().presentIf(info -> info.options().entrySet().containsAll(wanted.entrySet()));
    }

    /** As few commands as may be: a group goes alone, and what stands before it is set before it. */
    @Override
    public List<Command> apply() {
        List<Command> commands = new ArrayList<>();
        Map<String, String> together = new LinkedHashMap<>();
        for (VolumeOptions.Words words :
                options.stream().map(VolumeOptions::words).toList()) {
            if (words.key().equals(VolumeOptions.GROUP)) {
                commands.addAll(set(together));
                together.clear();
                commands.add(target().gluster().setOption(target().volume(), words.key(), words.value()));
            } else {
                together.put(words.key(), words.value());
            }
        }
        commands.addAll(set(together));
        return commands;
    }

    private List<Command> set(Map<String, String> together) {
        return together.isEmpty() ? List.of() : List.of(target().gluster().setOptions(target().volume(), together));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }
}
