/** Named places where a test (or later an operator) may make things go wrong. Inert by default. Imports nothing of the project. */
@NullMarked
package bricklayer.fault;

import org.jspecify.annotations.NullMarked;
