package bricklayer.tools;

import bricklayer.api.VolumeInfo;
import bricklayer.api.WireJson;
import bricklayer.client.BricklayerClient;
import java.net.URI;

/**
 * Gets what nearly every command needs next ready on another processor while the arguments are read: the reader of JSON and the HTTP client, which together take
 * as long to begin as all the rest of a short run.
 */
final class WarmUp {

    private WarmUp() {}

    static void begin() {
        Thread.ofPlatform().daemon().name("warm-up-json").start(() -> WireJson.read("{}", VolumeInfo.class));
        Thread.ofPlatform()
                .daemon()
                .name("warm-up-http")
                .start(() -> BricklayerClient.to(URI.create("http://localhost")).build());
    }
}
