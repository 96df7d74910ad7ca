package bricklayer.tools;

import bricklayer.client.BricklayerClient;
import picocli.CommandLine.Option;

/** To which cluster or node a command on all of them is narrowed. */
final class PartOfAll {

    @Option(names = "--cluster", paramLabel = "ID", description = "This cluster only.")
    private String cluster = "";

    @Option(names = "--node", paramLabel = "ID", description = "This node only, without what clusters know.")
    private String node = "";

    boolean isAll() {
        return cluster.isEmpty() && node.isEmpty();
    }

    /** Its id; empty for all. */
    String cluster() {
        return cluster;
    }

    /** The id of what was named; empty for all. */
    String node(ClientCommand command, BricklayerClient client) {
        return node.isEmpty() ? "" : command.names(client).node(node);
    }
}
