/**
 * An operation is a value, a {@link bricklayer.operation.Plan}: rows to change, steps to take on hosts, and at most one pivot. This package submits, runs,
 * takes back, resumes and cleans plans; it knows no feature.
 *
 * <p>Start reading at {@link bricklayer.operation.Operations}, then {@link bricklayer.operation.OperationRunner}. May import {@code store},
 * {@code host} and {@code fault}.
 */
@NullMarked
package bricklayer.operation;

import org.jspecify.annotations.NullMarked;
