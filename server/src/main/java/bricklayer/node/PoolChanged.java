package bricklayer.node;

/** Nodes came or went between the question who shall take a new one into the pool and the plan to do so. Two first nodes that came at the same time would each have a pool of their own. */
final class PoolChanged extends RuntimeException {

    private static final long serialVersionUID = 1;

    PoolChanged() {
        super("the nodes of the cluster have changed");
    }
}
