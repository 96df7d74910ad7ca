package bricklayer.main;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.client.BricklayerClient;
import bricklayer.config.ConfigFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server serves, its description and the table of {@code docs/heketi-compatibility.md} name the same routes. */
class EveryRouteTest {

    private static final Path TABLE = Path.of("..", "docs", "heketi-compatibility.md");
    private static final Pattern ROW = Pattern.compile("\\| `((?:GET|POST|DELETE) /[^`]*)` \\|.*");
    private static final int HEKETIS = 44;

    @TempDir
    Path folder;

    private BricklayerServer server;
    private HttpClient http;

    @BeforeEach
    void start() {
        String config = "{\"jwt\": {\"admin\": {\"key\": \"a\"}, \"user\": {\"key\": \"u\"}},"
                + " \"glusterfs\": {\"executor\": \"mock\"}, \"bricklayer\": {\"data\": \"" + folder + "\"}}";
        server = BricklayerServer.start(ConfigFile.parse(config, Map.of(), ConfigFile.Authentication.REQUIRED)
                .config());
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void isDescribed() throws Exception {
        HttpResponse<String> answer = get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
        assertThat(described(new ObjectMapper().readTree(answer.body()))).isEqualTo(server.routes());
    }

    @Test
    void isDescribedUnderThatNameOnly() throws Exception {
        assertThat(get("/openapi-json").statusCode()).isEqualTo(401);
        assertThat(get("/openapixjson").statusCode()).isEqualTo(401);
    }

    @Test
    void isInThePageForPeople() throws Exception {
        HttpResponse<String> page = get("/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("id=\"createVolume\"");
    }

    @Test
    void isComparedWithHeketi() throws IOException {
        SortedSet<String> compared = new TreeSet<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(compared.add(row.group(1)))
                        .as("%s has one row", row.group(1))
                        .isTrue();
            }
        }
        assertThat(compared).isEqualTo(server.routes()).hasSizeGreaterThanOrEqualTo(HEKETIS);
    }

    /** The Java client is asked by each of its methods for whatever that asks the server for. */
    @Test
    void hasAMethodOfTheJavaClient() throws IOException {
        try (RoutesAskedFor asked = new RoutesAskedFor(server.routes())) {
            assertThat(asked.byEveryMethodOf(BricklayerClient.class))
                    .as("routes that methods of BricklayerClient ask for; /docs is a page for people")
                    .containsAll(server.routes().stream()
                            .filter(route -> !route.equals("GET /docs"))
                            .toList());
        }
    }

    private static SortedSet<String> described(JsonNode document) {
        SortedSet<String> routes = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return routes;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
