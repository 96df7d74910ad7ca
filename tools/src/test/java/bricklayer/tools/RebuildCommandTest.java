package bricklayer.tools;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.api.ClusterCreateRequest;
import bricklayer.api.DeviceAddRequest;
import bricklayer.api.Durability;
import bricklayer.api.Hostnames;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.VolumeCreateRequest;
import bricklayer.client.BricklayerClient;
import bricklayer.config.ConfigFile;
import bricklayer.main.BricklayerServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code admin rebuild} without a server: what it makes, and what it refuses without harm. */
class RebuildCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private BricklayerServer server(Path config) {
        return BricklayerServer.start(ConfigFile.load(config, Map.of(), ConfigFile.Authentication.DISABLED)
                .config());
    }

    private Path config(String data) throws IOException {
        return Files.writeString(
                folder.resolve(data + ".json"),
                "{\"port\": \"0\", \"glusterfs\": {\"executor\": \"mock\"}, \"bricklayer\": {\"data\": \""
                        + folder.resolve(data) + "\", \"simulated\": {\"folder\": \"" + folder.resolve("nodes")
                        + "\"}}}");
    }

    private static BricklayerClient client(BricklayerServer server) {
        return BricklayerClient.to(URI.create("http://localhost:" + server.port()))
                .build();
    }

    @Test
    void fillsADataFolderOnceAndLeavesRecordsAlone() throws IOException {
        String volume;
        try (BricklayerServer server = server(config("lost"))) {
            BricklayerClient client = client(server);
            String cluster =
                    client.createCluster(new ClusterCreateRequest(true, true)).id();
            for (int n = 1; n <= 2; n++) {
                String node = client.addNode(new NodeAddRequest(
                                n, new Hostnames(List.of("node" + n), List.of("10.0.0." + n)), cluster, Map.of()))
                        .id();
                client.addDevice(new DeviceAddRequest("/dev/vdb", Map.of(), node, false));
            }
            volume = client.createVolume(VolumeCreateRequest.of(1, Durability.replicate(2)))
                    .id();
        }
        String config = config("found").toString();
        String[] words = {"admin", "rebuild", "--config", config, "--nodes", "node1,node2"};

        try (Cli cli = new Cli(folder, false)) {
            cli.environment.clear();
            assertThat(cli.run("admin", "rebuild", "--config", config).status()).isNotZero();
            Cli.Ended planned = cli.run("admin", "rebuild", "--config", config, "--nodes", "node1,node2", "--plan");
            assertThat(planned.err()).isEmpty();
            assertThat(planned.out()).contains("Found: 1 clusters, 2 nodes, 2 devices, 1 volumes with 2 bricks");
            assertThat(folder.resolve("found").resolve("journal")).doesNotExist();

            Cli.Ended done = cli.run(words);
            assertThat(done.err()).isEmpty();
            assertThat(done.status()).isZero();
            assertThat(done.out()).contains("Recovered: 1 clusters");
            Cli.Ended again = cli.run(words);
            assertThat(again.status()).isEqualTo(1);
            assertThat(again.err()).contains("holds records, which are not overwritten");
        }
        try (BricklayerServer server = server(config("found"))) {
            BricklayerClient client = client(server);
            assertThat(client.volumes()).containsExactly(volume);
            client.expandVolume(volume, 1);
            client.deleteVolume(volume);
        }
    }
}
