package bricklayer.stamp;

import bricklayer.gluster.Gluster;
import bricklayer.gluster.GlusterSettings;
import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.inventory.ClusterId;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets a gluster volume say what is true now. Not taken back when something else fails: it stays true.
 *
 * @param hosts nodes of the volume, the one to prefer first
 * @param volume gluster's name for it
 */
record StampVolume(
        ClusterId cluster, List<HostName> hosts, GlusterSettings settings, String volume, Map<String, String> options)
        implements Step {

    /** gluster took 110,000 characters in one command. */
    private static final int OPTIONS_A_COMMAND = 50;

    StampVolume {
        hosts = List.copyOf(hosts);
        options = Map.copyOf(options);
    }

    @Override
    public String name() {
        return "stamp-volume";
    }

    @Override
    public Query<Effect> observe() {
        return new Gluster(settings)
                .volumeInfo(volume)
                .map(info -> Effect.presentIf(
                        info.filter(seen -> seen.options().entrySet().containsAll(options.entrySet()))
                                .isPresent()));
    }

    @Override
    public List<Command> apply() {
        List<Command> commands = new ArrayList<>();
        List<String> keys = options.keySet().stream().sorted().toList();
        for (int from = 0; from < keys.size(); from += OPTIONS_A_COMMAND) {
            Map<String, String> some = new LinkedHashMap<>();
            keys.subList(from, Math.min(keys.size(), from + OPTIONS_A_COMMAND))
                    .forEach(key -> some.put(key, options.getOrDefault(key, "")));
            commands.add(new Gluster(settings).setOptions(volume, some));
        }
        return commands;
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }

    @Override
    public boolean transientRefusal(Exited refusal) {
        return Gluster.isTransient(refusal);
    }

    /** With the other changes of gluster volumes of its cluster. */
    @Override
    public Optional<String> queue() {
        return Optional.of("gluster-" + cluster.value());
    }
}
