/**
 * Takes over gluster volumes that no record names: made by hand, or left behind by records that were lost. First for reading only, then, where the layout is one that this program makes itself, as a volume like any other.
 *
 * <p>{@link bricklayer.adopt.Scout} asks the nodes, {@link bricklayer.adopt.Assessment} judges what they said (pure), {@link bricklayer.adopt.AdoptionPlans} makes the operation, {@link bricklayer.adopt.AdoptionRoutes} serves it.
 */
@NullMarked
package bricklayer.adopt;

import org.jspecify.annotations.NullMarked;
