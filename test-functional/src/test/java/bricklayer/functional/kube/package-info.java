/**
 * An API server of Kubernetes for tests: speaks the real protocol (lists, watches, changes with resource versions, commands in containers over WebSocket)
 * about objects that tests put there, and gives commands to this machine's shell, to simulated nodes or to the lab.
 *
 * <p>It has none of what makes a real one hard to be sure of: etcd, scheduler, kubelet, container runtime. Start reading at
 * {@link bricklayer.functional.kube.ApiServer}.
 */
@NullMarked
package bricklayer.functional.kube;

import org.jspecify.annotations.NullMarked;
