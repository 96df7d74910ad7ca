package bricklayer.volume;

import bricklayer.inventory.Brick;
import bricklayer.inventory.Inventory;
import bricklayer.inventory.Node;
import bricklayer.inventory.Volume;
import bricklayer.operation.Step;
import bricklayer.store.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps that put a gluster volume right: those that made it. */
public final class VolumeRepairs {

    private final VolumePlans plans;

    public VolumeRepairs(VolumePlans plans) {
        this.plans = plans;
    }

    /** Options by name, as they must be set on the gluster volume. A group of options cannot be read back, so it is not among them. */
    public static Map<String, String> expectedOptions(Volume volume) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : volume.options()) {
            VolumeOptions.Words words = VolumeOptions.words(option);
            if (!option.isBlank() && !words.key().equals(VolumeOptions.GROUP)) {
                options.put(words.key(), words.value());
            }
        }
        options.put(VolumeOptions.ID, volume.id().value());
        return options;
    }

    /** Whether gluster has the volume, with bricks of ours. */
    public Step existence(Rows rows, Volume volume) {
        List<Brick> bricks = Inventory.bricksOf(rows, volume.id());
        return new CreateGlusterVolume(
                target(rows, volume), VolumePlans.type(volume), VolumePlans.brickNames(rows, bricks));
    }

    public Step start(Rows rows, Volume volume) {
        List<Brick> bricks = Inventory.bricksOf(rows, volume.id());
        return new StartVolume(target(rows, volume), VolumePlans.brickNames(rows, bricks));
    }

    public Step startBrick(Rows rows, Volume volume, Brick brick) {
        return new StartBrick(target(rows, volume), VolumePlans.brickName(rows, brick));
    }

    /** @param options {@code "key value"} */
    public Step setOptions(Rows rows, Volume volume, List<String> options) {
        return new SetVolumeOptions(target(rows, volume), options);
    }

    /**
     * Lets a volume say whose it is, which may be in no record yet.
     *
     * @param nodes those of its bricks, the ones to ask first in front
     */
    public Step tell(Volume volume, List<Node> nodes, List<String> options) {
        return new TellVolume(plans.target(volume, nodes), options);
    }

    /** A snapshot of the volume; its reverse deletes it. */
    public Step snapshot(Rows rows, Volume volume, String name) {
        return new CreateSnapshot(target(rows, volume), name);
    }

    private GlusterStep.Target target(Rows rows, Volume volume) {
        return plans.target(rows, volume, Inventory.bricksOf(rows, volume.id()));
    }
}
