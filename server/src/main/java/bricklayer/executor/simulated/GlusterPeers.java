package bricklayer.executor.simulated;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The trusted pool: peer probe, peer detach, pool list. */
final class GlusterPeers {

    private static final int NOT_CONNECTED = 107;
    private static final int HAS_BRICKS = 3;

    private final Node node;
    private final Pools pools;
    private final Changes changes;

    GlusterPeers(Node node, Pools pools, Changes changes) {
        this.node = node;
        this.pools = pools;
        this.changes = changes;
    }

    GlusterReply probe(String storage) {
        String command = "peer probe";
        Node peer = pools.byStorageName(storage);
        if (peer == node || storage.equals("localhost")) {
            return new GlusterReply(
                    0,
                    1,
                    "",
                    "  <output>Probe on localhost not needed</output>\n",
                    command,
                    "Probe on localhost not needed");
        }
        if (pools.together(node, peer)) {
            if (!storage.equals(peer.state().storage())
                    && !peer.state().probedBy().contains(storage)) {
                peer.become(changes, peer.state().alsoProbedBy(storage));
                return GlusterReply.done(command, "success", "  <output>success</output>\n");
            }
            String known = "Host " + storage + " port 24007 already in peer list";
            return new GlusterReply(0, 2, "", "  " + GlusterReply.element("output", known) + "\n", command, known);
        }
        if (!peer.answersGluster()) {
            return GlusterReply.failed(
                    command, NOT_CONNECTED, "Probe returned with Transport endpoint is not connected", "");
        }
        if (!pools.others(peer).isEmpty() || !pools.of(peer).isEmpty()) {
            return GlusterReply.failed(
                    command,
                    HAS_BRICKS,
                    storage + " is either already part of another cluster or having volumes configured",
                    "");
        }
        pools.join(changes, node, peer);
        return GlusterReply.done(command, "success", "  <output>success</output>\n");
    }

    GlusterReply detach(String storage) {
        String command = "peer detach";
        Node peer = pools.byStorageName(storage);
        if (peer == node || storage.equals("localhost")) {
            return new GlusterReply(1, 1, storage + " is localhost", "", command, "");
        }
        if (!pools.together(node, peer)) {
            return new GlusterReply(1, 2, storage + " is not part of cluster", "", command, "");
        }
        if (!peer.bricks().isEmpty()) {
            return new GlusterReply(
                    1,
                    HAS_BRICKS,
                    "Peer " + storage
                            + " hosts one or more bricks. If the peer is in not recoverable state then use either"
                            + " replace-brick or remove-brick command with force to remove all bricks from the peer and"
                            + " attempt the peer detach again.",
                    "",
                    command,
                    "");
        }
        for (Node other : pools.others(node)) {
            if (!other.answersGluster()) {
                return new GlusterReply(
                        1, 4, "One of the peers is probably down. Check with 'peer status'", "", command, "");
            }
        }
        pools.leave(changes, peer);
        return GlusterReply.done(command, "success", "  <output>success</output>\n");
    }

    /** @param withSelf the answering node calls itself {@code localhost}, last */
    GlusterReply list(boolean withSelf) {
        StringBuilder xml = new StringBuilder("  <peerStatus>\n");
        List<Node> others = new ArrayList<>(pools.others(node));
        others.sort(Comparator.comparing(Node::name));
        for (Node other : others) {
            String storage = GlusterReply.escaped(other.state().storage());
            String more = other.state().probedBy().stream()
                    .map(name -> "<hostname>" + GlusterReply.escaped(name) + "</hostname>")
                    .collect(Collectors.joining());
            xml.append("""
                        <peer>
                          <uuid>%s</uuid>
                          <hostname>%s</hostname>
                          <hostnames>
                            <hostname>%s</hostname>%s
                          </hostnames>
                          <connected>%d</connected>
                          <state>3</state>
                          <stateStr>Peer in Cluster</stateStr>
                        </peer>
                    """.formatted(Pools.peerId(other), storage, storage, more, other.answersGluster() ? 1 : 0));
        }
        if (withSelf) {
            xml.append("""
                        <peer>
                          <uuid>%s</uuid>
                          <hostname>localhost</hostname>
                          <connected>1</connected>
                        </peer>
                    """.formatted(Pools.peerId(node)));
        }
        return GlusterReply.done(
                "pool list", "see the XML", xml.append("  </peerStatus>\n").toString());
    }
}
