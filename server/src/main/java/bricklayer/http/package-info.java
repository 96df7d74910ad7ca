/**
 * Heketi's HTTP behaviour on Javalin: {@link bricklayer.http.HttpServer} serves what features contribute as {@link bricklayer.http.Routes},
 * which read with {@link bricklayer.http.Bodies} and answer with {@link bricklayer.http.Replies} or by throwing a
 * {@link bricklayer.problem.Problem}.
 *
 * <p>Everything before a route (ids, log, redirects, gates, 404 and 405) is in {@code FrontDoor}. Only this package and the features' {@code Routes} see
 * Javalin, only this package sees Jetty. May import {@code api}, {@code config}, {@code problem}, {@code host} and {@code store}.
 */
@NullMarked
package bricklayer.http;

import org.jspecify.annotations.NullMarked;
