package bricklayer.reconcile;

import bricklayer.inventory.ClusterId;
import bricklayer.inventory.NodeId;
import bricklayer.reconcile.Finding.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers findings of one cluster. */
final class Collected {

    private final ClusterId cluster;
    private final Explanations explanations;
    private final List<Finding> findings = new ArrayList<>();

    Collected(ClusterId cluster, Explanations explanations) {
        this.cluster = cluster;
        this.explanations = explanations;
    }

    void add(FindingKind kind, Optional<NodeId> node, String object, Map<Fact, String> facts, String... evidence) {
        Finding finding = new Finding(kind, cluster, node, object, List.of(evidence), facts, Optional.empty());
        findings.add(explanations.of(finding).map(finding::explained).orElse(finding));
    }

    void add(FindingKind kind, NodeId node, String object, Map<Fact, String> facts, String... evidence) {
        add(kind, Optional.of(node), object, facts, evidence);
    }

    List<Finding> all() {
        return findings;
    }
}
