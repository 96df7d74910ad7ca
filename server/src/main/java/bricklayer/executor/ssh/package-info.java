/**
 * Carries commands to hosts over SSH: one pooled connection a host, a few channels at a time, host keys pinned or recorded, a deadline kept on
 * the far side. The only package that imports JSch.
 *
 * <p>Start reading at {@link bricklayer.executor.ssh.SshExecutor}, then {@code RemoteCommand} for what goes over the wire. Imports the shape of
 * commands ({@code bricklayer.host}) and no feature.
 */
@NullMarked
package bricklayer.executor.ssh;

import org.jspecify.annotations.NullMarked;
