/**
 * Keeps what the nodes say about the records true ({@link bricklayer.identity}). What is made carries its identity from the start; when a row changes later, {@link bricklayer.stamp.StampDuty} records in the same write that the
 * nodes are to be told, and {@link bricklayer.stamp.Stamper} tells them, soon or when they can be reached again. Nobody waits for that.
 *
 * <p>Start at {@link bricklayer.stamp.Stamps}, which finds the differences.
 */
@NullMarked
package bricklayer.stamp;

import org.jspecify.annotations.NullMarked;
