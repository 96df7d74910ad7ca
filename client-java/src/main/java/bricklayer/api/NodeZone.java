package bricklayer.api;

/**
 * Body of {@code POST /nodes/{id}/zone}, and its answer.
 *
 * @param zone failure domain, from 1
 */
public record NodeZone(int zone) {}
