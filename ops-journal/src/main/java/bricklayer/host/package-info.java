/**
 * The shape of a command on a storage node, without the way it travels: argument vectors, queries with their parsers, what came back, and the
 * handles that ask ({@link bricklayer.host.HostReader}) and change ({@link bricklayer.host.HostWriter}).
 *
 * <p>Knows no transport and no feature. Start reading at {@link bricklayer.host.Executor}.
 */
@NullMarked
package bricklayer.host;

import org.jspecify.annotations.NullMarked;
