/**
 * The API server of a Kubernetes cluster: who we are there, the gluster pods as they come and go, a command in a container. The only package that
 * imports the Kubernetes client.
 *
 * <p>Start reading at {@link bricklayer.kube.KubeApi}, then {@code WebSocket} for why commands travel over a socket of our own. Knows neither hosts nor
 * nodes: {@code executor.kube} makes an executor of it.
 */
@NullMarked
package bricklayer.kube;

import org.jspecify.annotations.NullMarked;
