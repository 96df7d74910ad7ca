package bricklayer.functional;

import bricklayer.api.TopologyFile;

/** Storage nodes, and an onlooker who does not ask the product. */
public interface Stand {

    /**
     * The parts of a server's configuration that lead to these nodes.
     *
     * @param glusterfs a JSON object
     * @param bricklayer more members of a JSON object, each with a comma before it; may be empty
     */
    record Access(String glusterfs, String bricklayer) {

        /** The same, and an administrator may make things go wrong. */
        Access allowingFaults() {
            return new Access(glusterfs, bricklayer + ", \"fault_injection\": true");
        }
    }

    Access access();

    /** Three nodes, each in a zone of its own. */
    TopologyFile topology(int devices);

    /** Whether only one process can look at the nodes, so that the server has to be stopped for {@link #look}. */
    boolean liesInsideServer();

    Look look();
}
