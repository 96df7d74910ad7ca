package bricklayer.api;

/** Body of {@code POST /clusters}. A flag that is left out is false on the wire; the true that people expect is the command line's. */
public record ClusterCreateRequest(boolean file, boolean block) {}
