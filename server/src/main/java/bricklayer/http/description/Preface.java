package bricklayer.http.description;

import bricklayer.api.WireJson;
import java.util.List;

/**
 * What holds for the whole API, in {@code resources/openapi/api.json}.
 *
 * @param token what a token is made of
 * @param id what stands for {@code {id}} in a path
 */
record Preface(
        String title,
        String version,
        List<String> about,
        List<String> token,
        String id,
        String requestId,
        String requestIdAnswered,
        String idempotencyKey,
        String dryRun,
        String retryAfter,
        String problem) {

    static Preface read() {
        return WireJson.read(Area.source("api"), Preface.class);
    }
}
