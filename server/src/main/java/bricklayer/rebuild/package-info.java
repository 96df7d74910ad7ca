/**
 * Makes the records again from nothing but the nodes. {@link bricklayer.rebuild.NodeReader} asks them, {@link bricklayer.rebuild.Reconstruction} puts together what they said (pure), {@link bricklayer.rebuild.RebuildRoutes} serves it to a
 * server without records. What nodes say of the records is decided in {@link bricklayer.identity}.
 */
@NullMarked
package bricklayer.rebuild;

import org.jspecify.annotations.NullMarked;
