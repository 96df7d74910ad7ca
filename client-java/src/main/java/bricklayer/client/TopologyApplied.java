package bricklayer.client;

/**
 * What became of one change of a {@link TopologyPlan}.
 *
 * @param refused why it was not made; empty when it was
 */
public record TopologyApplied(TopologyChange change, String refused) {}
