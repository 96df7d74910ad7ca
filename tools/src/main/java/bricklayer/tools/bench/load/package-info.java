/** Load for any server that speaks the REST interface of Heketi, made so that it costs little itself. */
@NullMarked
package bricklayer.tools.bench.load;

import org.jspecify.annotations.NullMarked;
