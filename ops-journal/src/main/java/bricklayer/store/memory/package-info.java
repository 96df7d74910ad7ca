/** A {@link bricklayer.store.Store} that lives as long as its process, for tests and dry runs. Passes the same contract as the log. */
@NullMarked
package bricklayer.store.memory;

import org.jspecify.annotations.NullMarked;
