package bricklayer.volume;

import bricklayer.gluster.BrickHeal;
import bricklayer.gluster.VolumeInfo;
import bricklayer.host.HostReader;
import bricklayer.inventory.BrickId;
import bricklayer.operation.Check;
import bricklayer.operation.Refused;
import java.util.List;

/**
 * Whether a brick can be given up without giving up data: gluster has it where the records have it, it holds nothing that the others of its set still lack, and enough of these are
 * up. The words are Heketi's.
 *
 * @param brick {@code host:path} of the one to give up
 * @param others {@code host:path} of the others of its set
 * @param required how many of the others must be up
 * @param lookAtHeal false when the caller knows better
 */
record ReplaceCheck(
        GlusterStep.Target target, BrickId id, String brick, List<String> others, int required, boolean lookAtHeal)
        implements Check {

    ReplaceCheck {
        others = List.copyOf(others);
    }

    @Override
    public String name() {
        return "replace-check";
    }

    @Override
    public void ask(HostReader hosts) {
        VolumeInfo info = hosts.queryFirst(target.hosts(), target.gluster().volumeInfo(target.volume()))
                .orElseThrow(() -> new Refused("Id not found: gluster knows no volume " + target.volume()));
        placeInSet(info.brickNames());
        if (lookAtHeal) {
            heal(hosts.queryFirst(target.hosts(), target.gluster().healInfo(target.volume())));
        }
    }

    private void placeInSet(List<String> names) {
        int place = names.indexOf(brick);
        if (place < 0) {
            throw new Refused("Id not found: volume " + target.volume() + " has no brick " + brick);
        }
        int size = others.size() + 1;
        int start = place / size * size;
        List<String> set = names.subList(start, Math.min(start + size, names.size()));
        if (!set.containsAll(others)) {
            throw new Refused("Cannot replace brick " + id + ": gluster has it in a set with " + set
                    + ", the records have it in one with " + others);
        }
    }

    private void heal(List<BrickHeal> bricks) {
        BrickHeal own = bricks.stream()
                .filter(seen -> seen.name().equals(brick))
                .findFirst()
                .orElseThrow(() -> new Refused("Unable to determine heal status of brick"));
        if (own.entries().orElse(0) > 0) {
            throw new Refused("Cannot replace brick " + id + " as it is source brick for data to be healed");
        }
        long online = bricks.stream()
                .filter(seen -> seen.connected() && others.contains(seen.name()))
                .count();
        if (online < required) {
            throw new Refused("Cannot replace brick " + id + " as only " + online + " of " + required
                    + " required peer bricks are online");
        }
    }
}
