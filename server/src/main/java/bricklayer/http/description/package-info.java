/**
 * The API in words: an OpenAPI 3.1 document at {@code /openapi.json} and a page for people at {@code /docs}, both made from the same two
 * sources. What operations do, which answers they give and what members mean is written by hand, one file an area in {@code resources/openapi}; which
 * members there are comes from the records of {@link bricklayer.api} themselves.
 *
 * <p>{@code DescriptionTest} and {@code EveryRouteTest} hold the hand-written half to the code.
 */
@NullMarked
package bricklayer.http.description;

import org.jspecify.annotations.NullMarked;
