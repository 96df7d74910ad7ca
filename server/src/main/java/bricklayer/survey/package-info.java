/**
 * What nodes and clusters hold, seen whole: at most five commands a node. Start at {@link bricklayer.survey.Surveyor}. Only asks. Whoever compares gets values, in which "nobody could tell" is one.
 */
@NullMarked
package bricklayer.survey;

import org.jspecify.annotations.NullMarked;
