package bricklayer.stamp;

import bricklayer.host.Command;
import bricklayer.host.HostName;
import bricklayer.host.Query;
import bricklayer.host.UnreadableAnswer;
import bricklayer.lvm.Lvm;
import bricklayer.lvm.LvmSettings;
import bricklayer.operation.Effect;
import bricklayer.operation.Step;
import java.util.List;
import java.util.Optional;

/** Lets a volume group say what is true now. Not taken back when something else fails: it stays true. */
record TagVolumeGroup(HostName host, LvmSettings lvm, String group, List<String> add, List<String> remove)
        implements Step {

    TagVolumeGroup {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    @Override
    public String name() {
        return "tag-volume-group";
    }

    @Override
    public List<HostName> hosts() {
        return List.of(host);
    }

    @Override
    public Query<Effect> observe() {
        return new Lvm(lvm).groupTags(group).map(this::effect);
    }

    private Effect effect(Optional<List<String>> tags) {
        List<String> there =
                tags.orElseThrow(() -> new UnreadableAnswer("there is no volume group " + group + " any more"));
        return Effect.presentIf(there.containsAll(add) && remove.stream().noneMatch(there::contains));
    }

    @Override
    public List<Command> apply() {
        return List.of(new Lvm(lvm).vgchangeTags(group, add, remove));
    }

    @Override
    public List<Command> undo() {
        return List.of();
    }
}
