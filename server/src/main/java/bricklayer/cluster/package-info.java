/**
 * Clusters: sets of nodes whose glusterd daemons trust each other. A cluster row knows only its flags; what belongs to it is found by index.
 */
@NullMarked
package bricklayer.cluster;

import org.jspecify.annotations.NullMarked;
