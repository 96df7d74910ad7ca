/**
 * Where records and nodes disagree, and the cure. Start at {@link bricklayer.reconcile.Comparison}, which is pure: rows and surveys in, findings out. {@link bricklayer.reconcile.Reconciler} looks at the
 * nodes, {@link bricklayer.reconcile.Repairs} makes a finding an ordinary plan. Nothing here changes a host.
 */
@NullMarked
package bricklayer.reconcile;

import org.jspecify.annotations.NullMarked;
