package bricklayer.reconcile;

import bricklayer.gluster.ClusterSeen;
import bricklayer.inventory.ClusterId;
import bricklayer.operation.Operation;
import bricklayer.store.Rows;
import bricklayer.survey.ClusterSurvey;
import bricklayer.survey.NodeSurvey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the records with what was seen. Pure: rows and surveys in, findings out; takes time in proportion to both. What nobody could tell is compared with nothing. */
public final class Comparison {

    private Comparison() {}

    /**
     * One cluster, in one picture of the rows.
     *
     * @param abandoned operations that were given up and may have left something
     * @param nodes surveys of all its nodes, or of some of them
     */
    public static List<Finding> of(
            Rows rows, List<Operation> abandoned, ClusterId cluster, List<NodeSurvey> nodes, ClusterSurvey survey) {
        Collected found = new Collected(cluster, new Explanations(rows, abandoned));
        Expected expected = Expected.of(rows, cluster);
        Map<String, NodeSurvey> byNode =
                nodes.stream().collect(Collectors.toMap(node -> node.node().value(), node -> node));
        Optional<ClusterSeen> gluster = survey.gluster().map(Optional::of).or(Optional.empty());
        NavigableSet<String> bricks = new TreeSet<>();
        gluster.ifPresent(seen -> seen.volumes()
                .forEach(volume -> volume.bricks().forEach(brick -> bricks.add(expected.place(brick.name())))));
        for (NodeSurvey node : nodes) {
            new NodeComparison(expected, found, node, gluster, bricks).compare();
        }
        new ClusterComparison(expected, found, byNode, survey).compare();
        return found.all();
    }

    /**
     * One cluster, in the pictures before and after the nodes were looked at: what was different in one of them only was made or ended by an operation meanwhile.
     *
     * @return findings of both pictures, explained when they are in one of them
     */
    public static List<Finding> of(
            Rows before,
            Rows after,
            List<Operation> abandoned,
            ClusterId cluster,
            List<NodeSurvey> nodes,
            ClusterSurvey survey) {
        List<Finding> first = of(before, abandoned, cluster, nodes, survey);
        if (before.sequence() == after.sequence() || first.isEmpty()) {
            return first;
        }
        Map<String, Finding> second = new HashMap<>();
        of(after, abandoned, cluster, nodes, survey).forEach(finding -> second.put(finding.id(), finding));
        return first.stream()
                .flatMap(finding -> Optional.ofNullable(second.get(finding.id()))
                        .filter(then -> isSameDisagreement(finding, then))
                        .map(then -> finding.explainedBy().isPresent() ? finding : then)
                        .stream())
                .toList();
    }

    /** What was told and changed again in between was true for a while, and each picture is of another moment. */
    private static boolean isSameDisagreement(Finding before, Finding after) {
        return !before.kind().isOfIdentity() || before.evidence().equals(after.evidence());
    }
}
