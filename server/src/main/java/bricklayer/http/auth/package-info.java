/**
 * Who may call: Heketi's signed tokens, checked by {@link bricklayer.http.auth.TokenGate}. Only this package sees the JWT library. May import
 * {@code api} for its JSON, {@code config} and {@code problem}.
 */
@NullMarked
package bricklayer.http.auth;

import org.jspecify.annotations.NullMarked;
