package bricklayer.functional.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the clients in the field put on the wire, replayed from files: see {@link Fixture}. */
final class UnmodifiedClientsTest extends Conformance {

    @Override
    Map<String, String> otherNodes() {
        return Map.of("py-node", "10.1.0.1", "py-dev", "10.1.0.2", "go-dev", "10.1.0.3");
    }

    @BeforeAll
    void prepare() {
        topology(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python-client/cluster",
                "python-client/node",
                "python-client/device",
                "python-client/volume",
                "go-cli/device",
                "go-cli/volume",
                "go-cli/topology",
                "go-cli/later",
                "provisioner/provision-expand-delete",
                "provisioner/class-parameters",
                "provisioner/without-credentials"
            })
    void replay(String name) throws IOException {
        Fixture.parse(text(name)).replay(server.port(), keys().admin(), facts(name));
        assertThat(get("/volumes").texts("volumes")).isEmpty();
        assertThat(get("/clusters").texts("clusters")).containsExactly(filled("$cluster"));
    }

    /** What is there already, for those files that do not make a cluster of their own: nodes in the order of their ids. */
    private Map<String, String> facts(String name) {
        Map<String, String> facts = new TreeMap<>();
        if (text(name).contains("POST /clusters ")) {
            return facts;
        }
        facts.put("cluster", filled("$cluster"));
        List<String> nodes = get("/clusters/$cluster").texts("nodes");
        for (int n = 1; n <= nodes.size(); n++) {
            Reply node = get("/nodes/" + nodes.get(n - 1));
            facts.put("node" + n, nodes.get(n - 1));
            facts.put("manage" + n, node.texts("hostnames", "manage").getFirst());
            facts.put("storage" + n, node.texts("hostnames", "storage").getFirst());
        }
        return facts;
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(
                UnmodifiedClientsTest.class.getResourceAsStream("/conformance/" + name + ".http"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(name, e);
        }
    }
}
