package bricklayer.survey;

import bricklayer.host.Told;
import bricklayer.inventory.NodeId;
import bricklayer.lvm.GroupsSeen;
import bricklayer.lvm.LvSeen;
import bricklayer.mount.MountsSeen;
import java.util.List;
import java.util.stream.Stream;

/** What one node holds itself. */
public record NodeSurvey(NodeId node, Told<GroupsSeen> groups, Told<List<LvSeen>> volumes, Told<MountsSeen> mounts) {

    public static NodeSurvey unknown(NodeId node, String why) {
        return new NodeSurvey(node, new Told.Unknown<>(why), new Told.Unknown<>(why), new Told.Unknown<>(why));
    }

    /** Why something of it is not known, each reason once; empty when all is. */
    public List<String> gaps() {
        return Stream.of(groups.whyNot(), volumes.whyNot(), mounts.whyNot())
                .filter(why -> !why.isEmpty())
                .distinct()
                .toList();
    }
}
