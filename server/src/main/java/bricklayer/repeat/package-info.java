/**
 * Repeats of requests that name no key. Start reading at {@link bricklayer.repeat.Repeats}.
 */
@NullMarked
package bricklayer.repeat;

import org.jspecify.annotations.NullMarked;
