/** Histories: what concurrent clients asked and were answered while the server was killed under them, and the check that all of it can be true. */
@NullMarked
package bricklayer.functional.history;

import org.jspecify.annotations.NullMarked;
