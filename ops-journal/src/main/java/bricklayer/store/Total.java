package bricklayer.store;

import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A sum over the rows of one table, by group, kept up with each change of the image: the space taken on a device, for example. It
 * is derived and never stored, so it cannot disagree with the rows.
 *
 * @param name unique among the totals of its table
 */
public record Total<V extends Row<?>>(String name, Function<V, String> groupOf, ToLongFunction<V> amountOf) {}
