package bricklayer.operation;

/**
 * The end of a plan that may be put off: when it meets an obstacle, the operation ends without it, and an operation of its own goes on with it for as long as
 * that takes. For what nobody should have to wait for, such as removing what was replaced from a node that is dead.
 *
 * @param kind of the operation that goes on with it
 * @param firstStage the stages from this one on belong to it
 * @param firstChange the changes from this one on belong to it
 */
public record Tail(String kind, int firstStage, int firstChange) {}
