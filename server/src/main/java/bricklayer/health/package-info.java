/** How the server itself is: what of its records cannot be read, what it cannot finish, and what a person can do about each. */
@NullMarked
package bricklayer.health;

import org.jspecify.annotations.NullMarked;
