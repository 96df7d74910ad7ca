/** The server that is measured: its process, what the kernel and its collector say of it. */
@NullMarked
package bricklayer.tools.bench.server;

import org.jspecify.annotations.NullMarked;
