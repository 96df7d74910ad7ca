/** The records beside what the nodes say, for people who look for a difference. */
@NullMarked
package bricklayer.examine;

import org.jspecify.annotations.NullMarked;
