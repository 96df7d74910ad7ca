package bricklayer.tools;

import bricklayer.api.Hostnames;
import bricklayer.client.TopologyApplied;
import bricklayer.client.TopologyChange;
import bricklayer.client.TopologyPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The changes that a topology file asks for, as lines: {@code +} is added, {@code ~} changed, {@code !} cannot be. */
final class TopologyPlanText {

    private TopologyPlanText() {}

    static String of(TopologyPlan plan) {
        StringBuilder text = new StringBuilder();
        if (plan.changes().isEmpty()) {
            text.append("Nothing to change: all that the file says is so.\n");
        } else {
            text.append("To change:\n");
            plan.changes()
                    .forEach(change -> text.append("  ").append(line(change)).append('\n'));
        }
        section(text, "Other than the file says, and not changed by this command:", "! ", plan.differing());
        section(text, "There, but not in the file, and left alone:", "", plan.notInFile());
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String mark, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append('\n');
            lines.forEach(line -> text.append("  ").append(mark).append(line).append('\n'));
        }
    }

    /** What became of a change. */
    static String line(TopologyApplied applied) {
        return line(applied.change()) + (applied.refused().isEmpty() ? "  done" : "  refused: " + applied.refused());
    }

    private static String line(TopologyChange change) {
        return switch (change) {
            case TopologyChange.AddCluster add ->
                "+ cluster %s for %s".formatted(add.cluster(), kinds(add.file(), add.block()));
            case TopologyChange.AddNode add ->
                "+ node %s to cluster %s, zone %d%s%s"
                        .formatted(
                                add.host(),
                                add.cluster(),
                                add.node().zone(),
                                storage(add.node().hostnames()),
                                tags(Map.of(), add.node().tags()));
            case TopologyChange.AddDevice add ->
                "+ device %s to node %s%s%s"
                        .formatted(
                                add.device().name(),
                                add.host(),
                                add.device().destroyData() ? ", destroying what is on it" : "",
                                tags(Map.of(), add.device().tags()));
            case TopologyChange.SetZone set ->
                "~ node %s: zone %d -> %d".formatted(set.host(), set.before(), set.zone());
            case TopologyChange.TagNode tag -> "~ node %s%s".formatted(tag.host(), tags(tag.before(), tag.tags()));
            case TopologyChange.TagDevice tag ->
                "~ device %s of node %s%s".formatted(tag.name(), tag.host(), tags(tag.before(), tag.tags()));
        };
    }

    private static String kinds(boolean file, boolean block) {
        return file && block ? "files and blocks" : file ? "files" : block ? "blocks" : "nothing";
    }

    private static String storage(Hostnames names) {
        return names.storage().isEmpty() || names.storage().equals(names.manage())
                ? ""
                : ", storage " + String.join(", ", names.storage());
    }

    private static String tags(Map<String, String> before, Map<String, String> tags) {
        return tags.isEmpty()
                ? ""
                : new TreeMap<>(tags)
                        .entrySet().stream()
                                .map(tag -> (before.containsKey(tag.getKey())
                                                ? tag.getKey() + " " + before.get(tag.getKey()) + " -> "
                                                : tag.getKey() + "=")
                                        + tag.getValue())
                                .collect(Collectors.joining(", ", ", tags ", ""));
    }
}
