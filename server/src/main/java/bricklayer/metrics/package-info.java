/**
 * What {@code GET /metrics} tells: Heketi's figures under Heketi's names, and our own. The only package that sees the Prometheus client. The figures come
 * from elsewhere, as {@link bricklayer.metrics.HeketiFigures}.
 *
 * <p>Start reading at {@link bricklayer.metrics.Metrics}. May import {@code http}.
 */
@NullMarked
package bricklayer.metrics;

import org.jspecify.annotations.NullMarked;
