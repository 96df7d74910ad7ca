/**
 * Faults on purpose: an operator's rules, matched against commands and fault points, and what they do. Nothing of it is there unless the server was started
 * with permission. Sees no transport, no store but for the plan a command belongs to, and decides by its counters and the chance passed in.
 *
 * <p>Start reading at {@link bricklayer.injection.Injection}.
 */
@NullMarked
package bricklayer.injection;

import org.jspecify.annotations.NullMarked;
