/**
 * A service and endpoints in Kubernetes for each cluster, kept true as nodes come and go: pods mount volumes by them. Start reading at
 * {@link bricklayer.endpoints.ClusterEndpoints}, which says what should be there.
 */
@NullMarked
package bricklayer.endpoints;

import org.jspecify.annotations.NullMarked;
