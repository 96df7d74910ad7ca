/** Servers that are known by a name, with who asks them: the file, and who may read it. */
@NullMarked
package bricklayer.tools.context;

import org.jspecify.annotations.NullMarked;
