/**
 * Nodes: machines that run glusterd and hold devices. Start at {@link bricklayer.node.NodePlans}.
 */
@NullMarked
package bricklayer.node;

import org.jspecify.annotations.NullMarked;
