/**
 * Real storage nodes for tests, by the scripts in {@code test-functional/lab}. Knows nothing of the product, so that what the product did can be
 * checked by something else.
 *
 * <p>Start reading at {@link bricklayer.functional.lab.Lab}.
 */
@NullMarked
package bricklayer.functional.lab;

import org.jspecify.annotations.NullMarked;
