/**
 * Carries commands to the gluster pod of a node, through the API server of Kubernetes. The same commands as over SSH ({@code executor.remote}): deadline and
 * guard are kept in the container.
 *
 * <p>Start reading at {@link bricklayer.executor.kube.KubeExecutor}, then {@link bricklayer.executor.kube.PodChoice} for how a pod is found.
 */
@NullMarked
package bricklayer.executor.kube;

import org.jspecify.annotations.NullMarked;
