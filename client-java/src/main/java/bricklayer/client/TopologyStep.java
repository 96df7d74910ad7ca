package bricklayer.client;

/**
 * One step of loading a topology, as it happens.
 *
 * @param done nodes and devices of the file that are dealt with, this one included once it is
 * @param total nodes and devices in the file
 * @param subject the node's first manage host name, the device's name or the cluster's id
 * @param detail the new id, the id of the cluster it was found in, why it was refused, or what kinds of volumes a new cluster allows, one a line; may be
 *     empty
 */
public record TopologyStep(Kind kind, int done, int total, String subject, String detail) {

    public enum Kind {
        CLUSTER_CREATED,
        /** A cluster that was created for nodes of which none could be added. */
        CLUSTER_DELETED,
        NODE_FOUND,
        NODE_ADDING,
        NODE_ADDED,
        NODE_REFUSED,
        DEVICE_FOUND,
        DEVICE_ADDING,
        DEVICE_ADDED,
        DEVICE_REFUSED,
        /** Its node was refused. */
        DEVICE_SKIPPED
    }
}
