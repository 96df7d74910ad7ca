package bricklayer.tools;

import bricklayer.api.NodeInfo;
import bricklayer.client.BricklayerClient;

/** Nodes are known by id; people know their names. */
final class NodeNames {

    private NodeNames() {}

    /**
     * The id of a node.
     *
     * @param text its id, or one of its manage or storage names
     */
    static String id(BricklayerClient client, String text) {
        if (text.matches("[0-9a-fA-F]{32}")) {
            return text;
        }
        for (String cluster : client.clusters()) {
            for (String id : client.cluster(cluster).nodes()) {
                NodeInfo node = client.node(id);
                if (node.hostnames().manage().contains(text)
                        || node.hostnames().storage().contains(text)) {
                    return id;
                }
            }
        }
        throw new CommandFailed("no node is called " + text + "; bricklayer node list shows them");
    }
}
