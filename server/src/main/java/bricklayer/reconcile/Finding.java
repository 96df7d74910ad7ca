package bricklayer.reconcile;

import bricklayer.inventory.ClusterId;
import bricklayer.inventory.NodeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One disagreement.
 *
 * @param node empty for what a whole cluster knows
 * @param object what it is about, in words of the tool that shows it: {@code vg/lv}, a path, a volume's name
 * @param evidence what was seen and what was expected
 * @param facts what a repair needs to know, and the ids of the rows it is about: see {@link Fact}
 * @param explainedBy the operation that has not ended, and explains it: then nothing is wrong
 */
public record Finding(
        FindingKind kind,
        ClusterId cluster,
        Optional<NodeId> node,
        String object,
        List<String> evidence,
        Map<Fact, String> facts,
        Optional<String> explainedBy) {

    private static final int ID_LENGTH = 12;

    /** Keys of {@link Finding#facts}. */
    public enum Fact {
        VOLUME,
        BRICK,
        DEVICE,
        BLOCK_VOLUME,
        OPERATION,
        GROUP,
        LV,
        LV_UUID,
        POOL,
        MOUNT_POINT,
        FSTAB_DEVICE,
        FOLDER,
        FILES,
        OPTIONS,
        SNAPSHOT,
        PEER,
        TAGS
    }

    public Finding {
        evidence = List.copyOf(evidence);
        facts = Map.copyOf(facts);
    }

    /** The same for the same disagreement, in every run and every process. */
    public String id() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((kind.wire() + "\n" + cluster.value() + "\n"
                                    + node.map(NodeId::value).orElse("") + "\n" + object)
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Optional<String> fact(Fact key) {
        return Optional.ofNullable(facts.get(key));
    }

    Finding explained(String operation) {
        return new Finding(kind, cluster, node, object, evidence, facts, Optional.of(operation));
    }
}
