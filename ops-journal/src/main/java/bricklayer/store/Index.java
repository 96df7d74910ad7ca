package bricklayer.store;

import java.util.Collection;
import java.util.function.Function;

/**
 * A second way to find rows of one table, kept up with each change of the image.
 *
 * @param name unique among the indexes of its table
 * @param valuesOf the values under which a row is found; may be empty; pure and cheap, for it runs inside write transactions
 */
public record Index<V extends Row<?>>(String name, Function<V, ? extends Collection<String>> valuesOf) {}
