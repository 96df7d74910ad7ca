package bricklayer.api;

/** Body of {@code POST /clusters/{id}/flags}. Both flags are set; one that is left out becomes false. */
public record ClusterFlagsRequest(boolean file, boolean block) {}
