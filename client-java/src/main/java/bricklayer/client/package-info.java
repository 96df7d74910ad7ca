/**
 * A blocking client for a Bricklayer or Heketi server: signs each request, follows operations to their end, waits when the server is busy and
 * repeats what is safe to repeat.
 *
 * <p>Start reading at {@link bricklayer.client.BricklayerClient}. Imports {@code api} and the JDK; Jackson only through {@code api}.
 */
@NullMarked
package bricklayer.client;

import org.jspecify.annotations.NullMarked;
