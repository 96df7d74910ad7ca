/**
 * What every way to a real node has in common: the text of a command that keeps its deadline and carries its guard there, and output that is kept only
 * up to a limit. Start reading at {@link bricklayer.executor.remote.RemoteCommand}.
 */
@NullMarked
package bricklayer.executor.remote;

import org.jspecify.annotations.NullMarked;
