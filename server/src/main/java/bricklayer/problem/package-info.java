/**
 * What a request did wrong or met, as a value that any feature may throw: {@link bricklayer.problem.Problem}; and how a request's fields
 * are checked: {@link bricklayer.problem.Validation} with the rules of {@link bricklayer.problem.Rules}.
 *
 * <p>Knows the texts that clients of Heketi read, and no transport. May import {@code host}.
 */
@NullMarked
package bricklayer.problem;

import org.jspecify.annotations.NullMarked;
