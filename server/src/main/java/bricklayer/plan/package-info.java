/** What a change would do: planned like the real one, shown instead of begun, and carried out later if it still holds. */
@NullMarked
package bricklayer.plan;

import org.jspecify.annotations.NullMarked;
