/** The store on disk under load, under kills and under damage. */
@NullMarked
package bricklayer.store.log;

import org.jspecify.annotations.NullMarked;
