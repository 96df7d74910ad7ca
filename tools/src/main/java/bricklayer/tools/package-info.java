/**
 * The command line, one class a command: it reads arguments, calls the client and prints. Texts are those of heketi-cli.
 *
 * <p>The only package that imports picocli. Start reading at {@link bricklayer.tools.Main}, which names all commands.
 */
@NullMarked
package bricklayer.tools;

import org.jspecify.annotations.NullMarked;
