package bricklayer.events;

import java.util.function.Supplier;

/**
 * What became of one object in one write.
 *
 * @param cluster empty when it cannot be told
 * @param operation empty when none did it
 * @param object as the wire shows it; made when it is asked for
 */
record Happening(EventKind kind, String type, String id, String cluster, String operation, Supplier<Object> object) {}
