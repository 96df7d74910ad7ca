package bricklayer.endpoints;

import bricklayer.inventory.Cluster;
import bricklayer.inventory.Node;
import bricklayer.inventory.State;
import bricklayer.store.Rows;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The addresses that endpoints of each cluster should have. Pure.
 *
 * @param addresses by the id of the cluster
 * @param left out, each a sentence: what cannot be an endpoint
 */
record ClusterEndpoints(SortedMap<String, SortedSet<String>> addresses, List<String> left) {

    static ClusterEndpoints of(Rows rows) {
        SortedMap<String, SortedSet<String>> addresses = new TreeMap<>();
        List<String> left = new ArrayList<>();
        for (Cluster cluster : rows.all(Cluster.TABLE)) {
            List<Node> nodes =
                    rows.find(Node.TABLE, Node.BY_CLUSTER, cluster.id().value());
            // a client asks the first that answers for the volume: those given up for lost only make it wait
            List<Node> serving =
                    nodes.stream().filter(node -> node.state() != State.FAILED).toList();
            SortedSet<String> of = new TreeSet<>();
            for (Node node : serving.isEmpty() ? nodes : serving) {
                if (isAddress(node.storageHost())) {
                    of.add(node.storageHost());
                } else {
                    left.add("the storage host name " + node.storageHost() + " of node "
                            + node.id().value() + " is no IP address, as endpoints must be");
                }
            }
            addresses.put(cluster.id().value(), of);
        }
        return new ClusterEndpoints(addresses, List.copyOf(left));
    }

    private static boolean isAddress(String text) {
        try {
            return !InetAddress.ofLiteral(text).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
